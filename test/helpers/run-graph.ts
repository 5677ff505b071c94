import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FloatType } from '../../src/models/graph/encode-model.js';
import type { Graph } from '../../src/models/graph/graph.js';
import { writeModel } from '../../src/models/graph/write-model.js';
import { type InputData, openSessionFile, type TensorData } from '../../src/models/session.js';
import { type HeldTensor, memoryCheckpoint } from './memory-checkpoint.js';

export interface GraphRun {
  readonly weights?: Readonly<Record<string, HeldTensor>>;
  readonly dtype?: FloatType;
}

/** Writes a graph, loads it in onnxruntime, runs it once and removes it. */
export async function runGraph(
  graph: Graph,
  inputs: Readonly<Record<string, TensorData<InputData> | HeldTensor>>,
  { weights = {}, dtype = 'f32' }: GraphRun = {},
): Promise<Record<string, TensorData>> {
  const folder = await mkdtemp(join(tmpdir(), 'graph-'));
  try {
    await writeModel(graph, folder, { checkpoint: memoryCheckpoint(weights), dtype });
    const session = await openSessionFile(join(folder, 'model.onnx'));
    const feeds = Object.entries(inputs).map(([name, tensor]) => [name, 'dims' in tensor ? tensor : held(tensor)]);
    const results = await session.run<string>(Object.fromEntries(feeds));
    await session[Symbol.asyncDispose]();
    return results;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function held({ data, shape }: HeldTensor): TensorData {
  return { data, dims: shape };
}
