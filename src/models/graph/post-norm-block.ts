import { attention } from './attention.js';
import type { Value } from './graph.js';
import type { GraphBuilder } from './graph-builder.js';
import { linear, linearGelu, skipLayerNorm } from './layer-operators.js';

/** Full names of the layers of one transformer block whose norms stand behind the sums. */
export interface PostNormNames {
  readonly query: string;
  readonly key: string;
  readonly value: string;
  readonly attentionOutput: string;
  readonly attentionNorm: string;
  readonly hidden: string;
  readonly hiddenOutput: string;
  readonly hiddenNorm: string;
}

export interface PostNormOptions {
  readonly names: PostNormNames;
  readonly width: number;
  readonly hiddenWidth: number;
  readonly heads: number;
  /** Added to the scores; none if left out. */
  readonly bias?: Value;
}

/** norm(x + attention(x)), then norm(x + MLP(x)) with GELU; all [batch, length, width]. */
export function postNormBlock(graph: GraphBuilder, x: Value, options: PostNormOptions): Value {
  const { names, width, hiddenWidth, heads, bias } = options;
  const project = (name: string): Value => linear(graph, x, { name, inputs: width, outputs: width });
  const mixed = attention(graph, {
    query: project(names.query),
    key: project(names.key),
    value: project(names.value),
    ...{ heads, headWidth: width / heads },
    ...(bias === undefined ? {} : { bias }),
  });
  const addAndNorm = (from: Value, skip: Value, layer: { name: string; inputs: number; norm: string }): Value => {
    const out = linear(graph, from, { name: layer.name, inputs: layer.inputs, outputs: width, bias: false });
    const ownBias = graph.weight(`${layer.name}.bias`, [width]);
    return skipLayerNorm(graph, out, { skip, bias: ownBias, name: layer.norm, width }).normed;
  };
  const attended = addAndNorm(mixed, x, { name: names.attentionOutput, inputs: width, norm: names.attentionNorm });
  const hidden = linearGelu(graph, attended, { name: names.hidden, inputs: width, outputs: hiddenWidth });
  return addAndNorm(hidden, attended, { name: names.hiddenOutput, inputs: hiddenWidth, norm: names.hiddenNorm });
}
