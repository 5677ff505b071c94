import { attention } from './attention.js';
import type { Value } from './graph.js';
import type { GraphBuilder } from './graph-builder.js';
import { add, layerNorm, linear, linearGelu, quickGelu, skipLayerNorm, splitLinear } from './layer-operators.js';
import { concat, expand, integers, shapeOf } from './shape-operators.js';

/** Where query, key and value come from: one layer by the names of its tensors, or three layers. */
export type Projection =
  | { readonly weight: string; readonly bias?: string }
  | { readonly query: string; readonly key: string; readonly value: string };

/** Full names of the layers of one transformer block. */
export interface BlockNames {
  readonly attentionNorm: string;
  readonly projection: Projection;
  /** Tensors [1, 1, width] that stand behind all keys and values (`add_bias_kv` of PyTorch); left out: none. */
  readonly extraKeyValue?: { readonly key: string; readonly value: string };
  readonly attentionOutput: string;
  readonly hiddenNorm: string;
  readonly hidden: string;
  readonly hiddenOutput: string;
}

export interface PreNormOptions {
  readonly blocks: readonly BlockNames[];
  /** The norm behind the last block; left out: `normed` is the last sum. */
  readonly finalNorm?: string;
  readonly width: number;
  readonly hiddenWidth: number;
  readonly heads: number;
  /** Of all heads' queries; `width` if left out. */
  readonly attentionWidth?: number;
  /** Of the norms in the blocks; PyTorch's default is 1e-5. */
  readonly epsilon?: number;
  /** Each position sees itself and what is before it. */
  readonly causal?: boolean;
  /** GELU if left out. */
  readonly activation?: 'gelu' | 'quick-gelu';
}

/**
 * Transformer blocks x + attention(norm(x)), x + MLP(norm(x)). Each sum is made in one pass with the bias before it and the norm behind
 * it. Returns the sum behind each block and the last one's norm; all [batch, length, width].
 */
export function preNormBlocks(
  graph: GraphBuilder,
  x: Value,
  options: PreNormOptions,
): { readonly sums: readonly Value[]; readonly normed: Value } {
  const { blocks, finalNorm, width, hiddenWidth, attentionWidth = width, epsilon = 1e-5 } = options;
  const sums: Value[] = [];
  let sum = x;
  let normed = layerNorm(graph, x, { name: blocks[0]!.attentionNorm, width, epsilon });
  /** Adds `part` and the bias of the layer that it comes from, and norms the sum for what follows. */
  const addAndNorm = (part: Value, layer: string, norm: string | undefined): void => {
    const bias = graph.weight(`${layer}.bias`, [width]);
    if (norm === undefined) {
      sum = add(graph, sum, add(graph, part, bias));
      normed = sum;
      return;
    }
    ({ sum, normed } = skipLayerNorm(graph, part, { skip: sum, bias, name: norm, width, epsilon }));
  };
  const unbiased = { outputs: width, bias: false };
  blocks.forEach((names, index) => {
    const mixed = selfAttention(graph, normed, { ...options, names });
    const attended = linear(graph, mixed, { name: names.attentionOutput, inputs: attentionWidth, ...unbiased });
    addAndNorm(attended, names.attentionOutput, names.hiddenNorm);
    const hidden = hiddenLayer(graph, normed, { ...options, name: names.hidden });
    const out = linear(graph, hidden, { name: names.hiddenOutput, inputs: hiddenWidth, ...unbiased });
    addAndNorm(out, names.hiddenOutput, blocks[index + 1]?.attentionNorm ?? finalNorm);
    sums.push(sum);
  });
  return { sums, normed };
}

type LayerOptions = Pick<PreNormOptions, 'width' | 'hiddenWidth' | 'activation'> & { readonly name: string };

function hiddenLayer(graph: GraphBuilder, x: Value, { name, width, hiddenWidth, activation }: LayerOptions): Value {
  const layer = { name, inputs: width, outputs: hiddenWidth };
  return activation === 'quick-gelu' ? quickGelu(graph, linear(graph, x, layer)) : linearGelu(graph, x, layer);
}

type AttentionOptions = Pick<PreNormOptions, 'width' | 'attentionWidth' | 'heads' | 'causal'> & {
  readonly names: BlockNames;
};

function selfAttention(graph: GraphBuilder, x: Value, options: AttentionOptions): Value {
  const { names, width, attentionWidth = width, heads, causal } = options;
  const [query, key, value] = projected(graph, x, { projection: names.projection, width, attentionWidth });
  const extra = names.extraKeyValue;
  const behind = (all: Value, one: string): Value =>
    concat(graph, [all, forEachOfBatch(graph, one, { like: x, width })], 1);
  return attention(graph, {
    query,
    key: extra === undefined ? key : behind(key, extra.key),
    value: extra === undefined ? value : behind(value, extra.value),
    ...{ heads, headWidth: attentionWidth / heads },
    ...(causal === true ? { causal } : {}),
  });
}

interface ProjectionOptions {
  readonly projection: Projection;
  readonly width: number;
  readonly attentionWidth: number;
}

function projected(
  graph: GraphBuilder,
  x: Value,
  { projection, width, attentionWidth }: ProjectionOptions,
): readonly [Value, Value, Value] {
  if ('weight' in projection) {
    const layer = { ...projection, inputs: width, widths: [attentionWidth, attentionWidth, attentionWidth] };
    return splitLinear(graph, x, layer) as [Value, Value, Value];
  }
  const layer = (name: string): Value => linear(graph, x, { name, inputs: width, outputs: attentionWidth });
  return [layer(projection.query), layer(projection.key), layer(projection.value)];
}

/** A tensor [1, 1, width] of the checkpoint once for each item of `like`. */
function forEachOfBatch(
  graph: GraphBuilder,
  tensor: string,
  { like, width }: { readonly like: Value; readonly width: number },
): Value {
  const shape = concat(graph, [shapeOf(graph, like, { start: 0, end: 1 }), integers(graph, [1, width])], 0);
  return expand(graph, graph.weight(tensor, [1, 1, width]), shape);
}

/** [batch, length, width] with a token of the checkpoint, [1, 1, width], before each, and positions [1, length + 1, width] added. */
export function withClassToken(
  graph: GraphBuilder,
  tokens: Value,
  options: { readonly classToken: Value; readonly positions: Value; readonly width: number },
): Value {
  const { classToken, positions, width } = options;
  const shape = concat(graph, [shapeOf(graph, tokens, { start: 0, end: 1 }), integers(graph, [1, width])], 0);
  return add(graph, concat(graph, [expand(graph, classToken, shape), tokens], 1), positions);
}
