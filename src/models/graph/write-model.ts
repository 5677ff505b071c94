import { createHash } from 'node:crypto';
import { type FileHandle, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkpoint } from '../checkpoint/checkpoint.js';
import { encodeModel, type FloatType, type WeightPlace } from './encode-model.js';
import type { Graph, WeightInitializer } from './graph.js';
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

/**
 * Writes `model.onnx` and `model.onnx.data` into an existing folder. The weights pass through memory one tensor at a time. A failure
 * or abort leaves partial files: the caller writes into a folder that it can drop (see `import-model`).
 */
export async function writeModel(graph: Graph, folder: string, options: WriteOptions): Promise<readonly WrittenFile[]> {
  const { dtype, metadata = {} } = options;
  const weights = graph.initializers.filter((initializer) => initializer.kind === 'weight');
  const { places, totalBytes } = placeWeights(weights, dtype);
  const typed = dtype === 'f16' ? inHalfPrecision(graph) : graph;
  const model = encodeModel(typed, { dtype, dataFile, places, metadata });
  await writeFile(join(folder, modelFile), model, { flag: 'wx' });
  const sha256 = await writeWeights(join(folder, dataFile), { ...options, weights, places, totalBytes });
  return [
    { name: modelFile, bytes: model.length, sha256: createHash('sha256').update(model).digest('hex') },
    { name: dataFile, bytes: totalBytes, sha256 },
  ];
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
