import { createHash } from 'node:crypto';
import { type FileHandle, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkpoint } from '../checkpoint/checkpoint.js';
import { encodeModel, type FloatType, type WeightPlace } from './encode-model.js';
import type { Graph, Initializer, WeightInitializer } from './graph.js';
import { inHalfPrecision } from './half-precision.js';
import { placeWeights } from './weight-places.js';
import { weightBytes } from './weight-values.js';

export interface WriteOptions {
  readonly checkpoint: Checkpoint;
  readonly dtype: FloatType;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of weights written so far, and in all. */
  readonly onProgress?: ((doneBytes: number, totalBytes: number) => void) | undefined;
}

export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Names of the two files of a model. */
export const modelFile = 'model.onnx';
export const dataFile = 'model.onnx.data';

/** A further graph over the same weights, in `NAME.onnx`. */
export interface NamedGraph {
  readonly name: string;
  readonly graph: Graph;
}

/**
 * Writes `model.onnx`, the further graphs and `model.onnx.data` into an existing folder. A weight that several graphs have by the same name is
 * stored once. The weights pass through memory one tensor at a time. A failure or abort leaves partial files: the caller writes into a folder that it
 * can drop (see `import-model`).
 */
export async function writeModel(
  graph: Graph,
  folder: string,
  options: WriteOptions & { readonly companions?: readonly NamedGraph[] },
): Promise<readonly WrittenFile[]> {
  const { dtype, metadata = {}, companions = [] } = options;
  const weights = sharedWeights([graph, ...companions.map((companion) => companion.graph)]);
  const { places, totalBytes } = placeWeights(weights, dtype);
  const files: WrittenFile[] = [];
  for (const { name, graph: one } of [{ name: modelFile, graph }, ...companions.map(withFileName)]) {
    const typed = dtype === 'f16' ? inHalfPrecision(one) : one;
    const model = encodeModel(typed, { dtype, dataFile, places, metadata });
    await writeFile(join(folder, name), model, { flag: 'wx' });
    files.push({ name, bytes: model.length, sha256: createHash('sha256').update(model).digest('hex') });
  }
  const sha256 = await writeWeights(join(folder, dataFile), { ...options, weights, places, totalBytes });
  return [...files, { name: dataFile, bytes: totalBytes, sha256 }];
}

/** File of a further graph. */
export function companionFile(name: string): string {
  return `${name}.onnx`;
}

function withFileName({ name, graph }: NamedGraph): NamedGraph {
  return { name: companionFile(name), graph };
}

/** The weights of all graphs by name. Throws a TypeError where one name stands for two shapes. */
function sharedWeights(graphs: readonly Graph[]): readonly WeightInitializer[] {
  const isWeight = (initializer: Initializer): initializer is WeightInitializer => initializer.kind === 'weight';
  const byName = new Map<string, WeightInitializer>();
  for (const weight of graphs.flatMap(({ initializers }) => initializers.filter(isWeight))) {
    const known = byName.get(weight.name);
    if (known === undefined) byName.set(weight.name, weight);
    else if (known.shape.join() !== weight.shape.join()) throw new TypeError(`${weight.name}: two shapes`);
  }
  return [...byName.values()];
}

interface WeightsJob extends WriteOptions {
  readonly weights: readonly WeightInitializer[];
  readonly places: ReadonlyMap<string, WeightPlace>;
  readonly totalBytes: number;
}

async function writeWeights(path: string, job: WeightsJob): Promise<string> {
  const hash = createHash('sha256');
  const handle = await open(path, 'wx');
  try {
    let position = 0;
    const append = async (bytes: Uint8Array): Promise<void> => {
      job.signal?.throwIfAborted();
      hash.update(bytes);
      await writeAll(handle, bytes);
      position += bytes.length;
      job.onProgress?.(position, job.totalBytes);
    };
    for (const weight of job.weights) {
      const { offset } = job.places.get(weight.name)!;
      if (offset > position) await append(new Uint8Array(offset - position));
      for await (const bytes of weightBytes(weight, job)) await append(bytes);
    }
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}

/** A single write may take only a part. */
async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let start = 0; start < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, start, bytes.length - start);
    start += bytesWritten;
  }
}
