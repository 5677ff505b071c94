import type { ByteSource } from './byte-source.js';
import type { Checkpoint, PlainValue } from './checkpoint.js';
import { damaged } from './damage.js';
import { checkpointLimits } from './limits.js';
import { readView } from './read-view.js';
import { infoOf, type StorageReference, type TensorView } from './tensor-layout.js';

export interface ViewedCheckpoint {
  readonly format: Checkpoint['format'];
  readonly views: ReadonlyMap<string, TensorView>;
  readonly values: ReadonlyMap<string, PlainValue>;
  /** Where a storage begins in the file. Throws a BenchError for one that is not there or too short; `name` is a tensor of it. */
  readonly storageOffset: (storage: StorageReference, name: string) => number;
}

/** The contract of a checkpoint over views of storages. All storages are looked up at once, so that a lying file is refused when opened. */
export function viewedCheckpoint(
  source: ByteSource,
  { format, views, values, storageOffset }: ViewedCheckpoint,
): Checkpoint {
  const { file } = source;
  if (views.size > checkpointLimits.tensors) throw damaged(file, { problem: `the file has ${views.size} tensors` });
  const offsets = new Map([...views].map(([name, { storage }]) => [name, storageOffset(storage, name)]));
  return {
    format,
    file,
    tensors: new Map([...views].map(([name, view]) => [name, infoOf(name, view)])),
    values,
    readFloat32: async (name, range) => {
      const view = views.get(name);
      if (view === undefined) throw damaged(file, { field: name, problem: 'the file has no tensor of this name' });
      return readView(source, view, { name, storageOffset: offsets.get(name)!, range });
    },
    [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
  };
}
