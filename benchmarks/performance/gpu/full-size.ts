import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { streamKey, uniformAt } from '../../../src/core/uniform-stream.js';
import type { VidmuseDimensions } from '../../../src/models/architectures/vidmuse/dimensions.js';
import { type decoderGraphs, vidmuseDecoder } from '../../../src/models/architectures/vidmuse/music-decoder.js';
import { encodeModel, type FloatType } from '../../../src/models/graph/encode-model.js';
import { toFloat16 } from '../../../src/models/graph/float16.js';
import type { Graph, WeightInitializer } from '../../../src/models/graph/graph.js';
import { inHalfPrecision } from '../../../src/models/graph/half-precision.js';
import { placeWeights } from '../../../src/models/graph/weight-places.js';

/** Sizes of the released checkpoint (docs/vidmuse.md). */
export const releasedSize: VidmuseDimensions = {
  clip: { width: 768, hiddenWidth: 3072, depth: 12, heads: 12, patch: 32, side: 7 },
  visual: { tokens: 50, depth: 2, heads: 24, attentionWidth: 1536, hiddenWidth: 3072 },
  decoder: {
    ...{ width: 1536, hiddenWidth: 6144, depth: 48, heads: 24, codebooks: 4, codebookSize: 2048 },
    ...{ delays: [0, 1, 2, 3], guidance: 3 },
  },
};

/** For trying the way without a GPU. */
export const tinySize: VidmuseDimensions = {
  clip: { width: 36, hiddenWidth: 72, depth: 1, heads: 3, patch: 32, side: 2 },
  visual: { tokens: 5, depth: 1, heads: 2, attentionWidth: 32, hiddenWidth: 64 },
  decoder: {
    ...{ width: 64, hiddenWidth: 256, depth: 4, heads: 2, codebooks: 4, codebookSize: 256 },
    ...{ delays: [0, 1, 2, 3], guidance: 3 },
  },
};

const seed = 20260925;
const dataFile = 'model.onnx.data';

/** Gains of the golden values' recipe, so that logits are neither flat nor a single peak. */
export function recipeValues(name: string, shape: readonly number[]): Float32Array {
  const values = new Float32Array(shape.reduce((product, length) => product * length, 1));
  const { center, scale } = spreadOf(name, shape);
  const key = streamKey(name, seed);
  for (let index = 0; index < values.length; index++) values[index] = center + scale * (2 * uniformAt(key, index) - 1);
  return values;
}

function spreadOf(name: string, shape: readonly number[]): { readonly center: number; readonly scale: number } {
  if (shape.length < 2) return { center: name.endsWith('.weight') ? 1 : 0, scale: 0.1 };
  if (name.startsWith('emb')) return { center: 0, scale: 1.5 * Math.sqrt(3) };
  const gains = [
    [/linears/, 4],
    [/cross_attention\.out/, 0.35],
    [/self_attn\.out/, 1.5],
    [/in_proj/, 1.6],
  ] as const;
  const gain = gains.find(([pattern]) => pattern.test(name))?.[1] ?? 1;
  return { center: 0, scale: gain * Math.sqrt(3 / shape.at(-1)!) };
}

type DecoderGraph = (typeof decoderGraphs)[keyof typeof decoderGraphs];

export interface FullSizeModel {
  readonly folder: string;
  readonly bytes: number;
  path(graph: 'step' | DecoderGraph): string;
}

interface Built {
  readonly graphs: readonly { readonly name: string; readonly graph: Graph }[];
  readonly weights: readonly WeightInitializer[];
}

function build(dtype: FloatType, dimensions: VidmuseDimensions): Built {
  const graphs = [
    { name: 'step', graph: vidmuseDecoder.buildGraph(dimensions, { probes: ['logits_cfg'] }) },
    ...vidmuseDecoder.companions!(dimensions, dtype),
  ];
  const weights = new Map<string, WeightInitializer>();
  for (const { graph } of graphs)
    for (const weight of graph.initializers) if (weight.kind === 'weight') weights.set(weight.name, weight);
  return { graphs, weights: [...weights.values()] };
}

/** What a thread is told; it writes every `parts`-th weight. */
export interface WriterJob {
  readonly folder: string;
  readonly dtype: FloatType;
  readonly dimensions: VidmuseDimensions;
  readonly part: number;
  readonly parts: number;
}

/** The decoder at full size with weights by recipe, written by as many threads as `script`, this program itself, can start. */
export async function writeFullSize(
  folder: string,
  {
    dtype,
    dimensions = releasedSize,
    threads,
    script,
  }: {
    readonly dtype: FloatType;
    readonly dimensions?: VidmuseDimensions;
    readonly threads: number;
    readonly script: string;
  },
): Promise<FullSizeModel> {
  mkdirSync(folder, { recursive: true });
  const { graphs, weights } = build(dtype, dimensions);
  const { places, totalBytes } = placeWeights(weights, dtype);
  const file = openSync(join(folder, dataFile), 'w');
  ftruncateSync(file, totalBytes);
  closeSync(file);
  for (const { name, graph } of graphs) {
    const typed = dtype === 'f16' ? inHalfPrecision(graph) : graph;
    writeFileSync(join(folder, `${name}.onnx`), encodeModel(typed, { dtype, dataFile, places }));
  }
  await Promise.all(
    Array.from({ length: threads }, (_, part) => {
      const job: WriterJob = { folder, dtype, dimensions, part, parts: threads };
      return new Promise<void>((resolve, reject) => {
        // A thread doesn't take tsx's loader over: it starts as plain JavaScript and loads the script through it.
        const start = `import('tsx/esm/api').then(({ tsImport }) => tsImport(${JSON.stringify(script)}, ${JSON.stringify(script)}))`;
        const worker = new Worker(start, { eval: true, workerData: job });
        worker.once('error', reject);
        worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a writer ended with ${code}`))));
      });
    }),
  );
  return { folder, bytes: totalBytes, path: (graph) => join(folder, `${graph}.onnx`) };
}

/** The work of one thread. */
export function writePart({ folder, dtype, dimensions, part, parts }: WriterJob): void {
  const { weights } = build(dtype, dimensions);
  const { places } = placeWeights(weights, dtype);
  const file = openSync(join(folder, dataFile), 'r+');
  const bySize = [...weights].sort((a, b) => places.get(b.name)!.length - places.get(a.name)!.length);
  for (const [index, weight] of bySize.entries()) {
    if (index % parts !== part) continue;
    const sources = weight.sources.map(({ name, shape }) => recipeValues(name, shape));
    const values = weight.compute === undefined ? sources[0]! : weight.compute(sources);
    const stored = dtype === 'f16' ? toFloat16(values) : values;
    const bytes = new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
    writeSync(file, bytes, 0, bytes.length, places.get(weight.name)!.offset);
  }
  closeSync(file);
}
