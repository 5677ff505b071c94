import type { Value } from '../graph/graph.js';
import type { GraphBuilder } from '../graph/graph-builder.js';
import { gemm, relu } from '../graph/layer-operators.js';

/** What a tower of CLAP knows → the space that sound and text share: two layers with a ReLU between (model.py, `CLAP.__init__`). */
export function clapProjection(
  graph: GraphBuilder,
  x: Value,
  { name, inputs, embedding }: { readonly name: string; readonly inputs: number; readonly embedding: number },
): Value {
  const hidden = relu(graph, gemm(graph, x, { name: `${name}.0`, inputs, outputs: embedding }));
  return gemm(graph, hidden, { name: `${name}.2`, inputs: embedding, outputs: embedding });
}
