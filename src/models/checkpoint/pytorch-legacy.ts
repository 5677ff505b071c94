import type { ByteSource } from './byte-source.js';
import type { Checkpoint } from './checkpoint.js';
import { damaged, refused } from './damage.js';
import { bytesPerElement } from './element-types.js';
import { flattenPickle } from './flatten-pickle.js';
import { checkpointLimits } from './limits.js';
import { type PickleResult, runPickle } from './pickle-machine.js';
import { isKind, itemsOf, type PickleValue } from './pickle-values.js';
import type { StorageReference, TensorView } from './tensor-layout.js';
import { viewedCheckpoint } from './viewed-checkpoint.js';

/** First number and version of the format (torch/serialization.py, `MAGIC_NUMBER`, `PROTOCOL_VERSION`). */
export const legacyMagic = 0x1950a86a20f9469cfc6cn;
const protocolVersion = 1001;
/** Enough for the description of any common file; longer ones are read anew. */
const firstBytes = 4 * 2 ** 20;

/**
 * A file of `torch.save` before PyTorch 1.6: five pickles (magic number, version, system, object, keys of storages), then each storage with
 * its number of elements before it (torch/serialization.py, `_legacy_save`).
 */
export async function openPytorchLegacy(source: ByteSource): Promise<Checkpoint> {
  const { file } = source;
  const { object, keys, end } = await readPickles(source);
  const { views, values } = flattenPickle(object, file);
  const storages = await locateStorages(source, { keys, end, views });
  const storageOffset = (storage: StorageReference, name: string): number => {
    const found = storages.get(storage.key);
    if (found === undefined) throw damaged(file, { field: name, problem: `the file has no storage ${storage.key}` });
    if (storage.start + storage.length > found.length)
      throw damaged(file, { field: name, problem: `the storage ${storage.key} is shorter than the tensor says` });
    return found.offset;
  };
  return viewedCheckpoint(source, { format: 'pytorch-legacy', views, values, storageOffset });
}

interface Pickles {
  readonly object: PickleValue;
  readonly keys: readonly string[];
  /** First byte behind the pickles. */
  readonly end: number;
}

async function readPickles(source: ByteSource): Promise<Pickles> {
  const most = Math.min(source.size, checkpointLimits.pickleBytes);
  const start = Math.min(most, firstBytes);
  try {
    return parsePickles(await source.read(0, start), source.file);
  } catch (error) {
    // The description may go on behind the first bytes.
    if (start === most) throw error;
    return parsePickles(await source.read(0, most), source.file);
  }
}

function parsePickles(bytes: Uint8Array, file: string): Pickles {
  let end = 0;
  const next = (): PickleValue => {
    const result: PickleResult = runPickle(bytes, { file, start: end });
    end = result.end;
    return result.value;
  };
  if (next() !== legacyMagic)
    throw damaged(file, { field: 'byte 0', problem: 'the magic number of torch.save is another one' });
  const version = next();
  if (version !== protocolVersion)
    throw refused(file, { problem: `version ${String(version)} of torch.save is not known` });
  const system = next();
  if (!isKind(system, 'dict') || system.entries.get('little_endian') !== true)
    throw refused(file, { problem: 'the tensors are not stored in little-endian byte order' });
  const object = next();
  const keys = itemsOf(next());
  if (keys?.every((key) => typeof key === 'string') !== true)
    throw damaged(file, { field: `byte ${end}`, problem: 'the list of storages is not sound' });
  return { object, keys, end };
}

interface StoredStorage {
  readonly offset: number;
  /** Elements. */
  readonly length: number;
}

/** Storages follow each other in the order of the keys; how long an element is, the tensors tell. */
async function locateStorages(
  source: ByteSource,
  { keys, end, views }: Pick<Pickles, 'keys' | 'end'> & { readonly views: ReadonlyMap<string, TensorView> },
): Promise<ReadonlyMap<string, StoredStorage>> {
  const elementBytes = new Map([...views.values()].map(({ storage }) => [storage.key, bytesPerElement[storage.type]]));
  const storages = new Map<string, StoredStorage>();
  let at = end;
  for (const key of keys) {
    const header = await source.read(at, 8);
    const length = new DataView(header.buffer).getBigInt64(0, true);
    const size = elementBytes.get(key);
    if (size === undefined)
      throw refused(source.file, { field: `storage ${key}`, problem: 'no tensor uses the storage' });
    const offset = at + 8;
    if (length < 0n || length > BigInt(Math.floor((source.size - offset) / size)))
      throw damaged(source.file, {
        field: `storage ${key}`,
        problem: `a storage of ${length} elements is longer than the file`,
      });
    if (storages.has(key))
      throw damaged(source.file, { field: `storage ${key}`, problem: 'there are two storages of this name' });
    storages.set(key, { offset, length: Number(length) });
    at = offset + Number(length) * size;
  }
  return storages;
}
