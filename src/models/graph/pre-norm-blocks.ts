import { attention } from './attention.js';
import type { Value } from './graph.js';
import type { GraphBuilder } from './graph-builder.js';
import { layerNorm, linear, linearGelu, skipLayerNorm, splitLinear } from './layer-operators.js';

/** Full names of the layers of one transformer block. */
export interface BlockNames {
  readonly attentionNorm: string;
  /** Query, key and value in one layer, in this order. */
  readonly queryKeyValue: string;
  readonly attentionOutput: string;
  readonly hiddenNorm: string;
  readonly hidden: string;
  readonly hiddenOutput: string;
}

export interface PreNormOptions {
  readonly blocks: readonly BlockNames[];
  /** The norm behind the last block. */
  readonly finalNorm: string;
  readonly width: number;
  readonly hiddenWidth: number;
  readonly heads: number;
  /** Of the norms; PyTorch's default is 1e-5. */
  readonly epsilon?: number;
}

/**
 * Transformer blocks x + attention(norm(x)), x + MLP(norm(x)) with GELU, as timm names and orders them. Each sum is made in one pass
 * with the bias before it and the norm behind it. Returns the sum behind each block and the last one's norm; all [batch, length, width].
 */
export function preNormBlocks(
  graph: GraphBuilder,
  x: Value,
  options: PreNormOptions,
): { readonly sums: readonly Value[]; readonly normed: Value } {
  const { blocks, finalNorm, width, hiddenWidth, heads, epsilon = 1e-5 } = options;
  const sums: Value[] = [];
  let sum = x;
  let normed = layerNorm(graph, x, { name: blocks[0]!.attentionNorm, width, epsilon });
  /** Adds `part` and the bias of the layer that it comes from, and norms the sum for what follows. */
  const addAndNorm = (part: Value, layer: string, norm: string): void => {
    const bias = graph.weight(`${layer}.bias`, [width]);
    ({ sum, normed } = skipLayerNorm(graph, part, { skip: sum, bias, name: norm, width, epsilon }));
  };
  blocks.forEach((names, index) => {
    const mixed = selfAttention(graph, normed, { name: names.queryKeyValue, width, heads });
    const unbiased = { inputs: width, outputs: width, bias: false };
    addAndNorm(
      linear(graph, mixed, { name: names.attentionOutput, ...unbiased }),
      names.attentionOutput,
      names.hiddenNorm,
    );
    const hidden = linearGelu(graph, normed, { name: names.hidden, inputs: width, outputs: hiddenWidth });
    const out = linear(graph, hidden, { name: names.hiddenOutput, ...unbiased, inputs: hiddenWidth });
    addAndNorm(out, names.hiddenOutput, blocks[index + 1]?.attentionNorm ?? finalNorm);
    sums.push(sum);
  });
  return { sums, normed };
}

interface SelfAttentionOptions {
  readonly name: string;
  readonly width: number;
  readonly heads: number;
}

function selfAttention(graph: GraphBuilder, x: Value, { name, width, heads }: SelfAttentionOptions): Value {
  const widths = [width, width, width];
  const layer = { weight: `${name}.weight`, bias: `${name}.bias`, inputs: width, widths };
  const [query, key, value] = splitLinear(graph, x, layer) as [Value, Value, Value];
  return attention(graph, { query, key, value, heads, headWidth: width / heads });
}
