import { attention } from '../../graph/attention.js';
import type { Value } from '../../graph/graph.js';
import type { GraphBuilder } from '../../graph/graph-builder.js';
import { layerNorm, linear, linearGelu, skipLayerNorm, splitLinear } from '../../graph/layer-operators.js';
import { concat, expand, reshape, slice, transpose } from '../../graph/shape-operators.js';

export interface DividedBlocksOptions {
  /** Of the blocks' names: `name.0`, `name.1`, ... */
  readonly name: string;
  readonly finalNorm: string;
  readonly depth: number;
  readonly width: number;
  readonly hiddenWidth: number;
  readonly heads: number;
  readonly epsilon: number;
  /** Tokens along time, and places of a picture. */
  readonly times: number;
  readonly places: number;
}

/**
 * Transformer blocks whose attention is divided: over time at each place, then over the places of each time (Bertasius et al. 2021,
 * arXiv:2102.05095; vit_helper.py, `DividedSpaceTimeBlock`). Tokens [batch, 1 + times x places, width], time after time behind a class token,
 * which all see and which sees all. Returns the sum behind each block and the last one's norm.
 */
export function dividedBlocks(
  graph: GraphBuilder,
  x: Value,
  options: DividedBlocksOptions,
): { readonly sums: readonly Value[]; readonly normed: Value } {
  const { name, finalNorm, depth, width, hiddenWidth, epsilon } = options;
  const sums: Value[] = [];
  let sum = x;
  let normed = layerNorm(graph, x, { name: `${name}.0.norm3`, width, epsilon });
  /** Adds the product of `layer` and its bias, and norms the sum for what follows. */
  const addAndNorm = (input: Value, layer: { readonly name: string; readonly inputs: number }, norm: string): void => {
    const part = linear(graph, input, { ...layer, outputs: width, bias: false });
    const bias = graph.weight(`${layer.name}.bias`, [width]);
    ({ sum, normed } = skipLayerNorm(graph, part, { skip: sum, bias, name: norm, width, epsilon }));
  };
  for (let index = 0; index < depth; index++) {
    const block = `${name}.${index}`;
    const overTime = dividedAttention(graph, normed, { ...options, name: `${block}.timeattn`, over: 'times' });
    addAndNorm(overTime, { name: `${block}.timeattn.proj`, inputs: width }, `${block}.norm1`);
    const overPlaces = dividedAttention(graph, normed, { ...options, name: `${block}.attn`, over: 'places' });
    addAndNorm(overPlaces, { name: `${block}.attn.proj`, inputs: width }, `${block}.norm2`);
    const hidden = linearGelu(graph, normed, { name: `${block}.mlp.fc1`, inputs: width, outputs: hiddenWidth });
    const next = index + 1 < depth ? `${name}.${index + 1}.norm3` : finalNorm;
    addAndNorm(hidden, { name: `${block}.mlp.fc2`, inputs: hiddenWidth }, next);
    sums.push(sum);
  }
  return { sums, normed };
}

type AttentionOptions = Pick<DividedBlocksOptions, 'width' | 'heads' | 'times' | 'places'> & {
  readonly name: string;
  /** Along which the patches see each other. */
  readonly over: 'times' | 'places';
};

/** All heads' results side by side, before the output layer. */
function dividedAttention(graph: GraphBuilder, x: Value, { name, width, heads, ...grid }: AttentionOptions): Value {
  const layer = {
    weight: `${name}.qkv.weight`,
    bias: `${name}.qkv.bias`,
    inputs: width,
    widths: [width, width, width],
  };
  const [query, key, value] = splitLinear(graph, x, layer) as [Value, Value, Value];
  const sizes = { heads, headWidth: width / heads };
  const first = (tokens: Value): Value => slice(graph, tokens, { axis: 1, start: 0, end: 1 });
  const patches = (tokens: Value): Value =>
    grouped(graph, slice(graph, tokens, { axis: 1, start: 1 }), { width, ...grid });
  const groups = grid.over === 'times' ? grid.places : grid.times;
  const length = grid[grid.over];
  /** Each group's patches behind the class token. */
  const behindClass = (tokens: Value): Value => {
    const ofEach = expand(graph, reshape(graph, first(tokens), [-1, 1, 1, width]), [1, groups, 1, 1]);
    return reshape(graph, concat(graph, [ofEach, patches(tokens)], 2), [-1, 1 + length, width]);
  };
  const ofClass = attention(graph, { query: first(query), key, value, ...sizes });
  const ofPatches = attention(graph, {
    ...{ query: reshape(graph, patches(query), [-1, length, width]), key: behindClass(key), value: behindClass(value) },
    ...sizes,
  });
  const inGroups = reshape(graph, ofPatches, [-1, groups, length, width]);
  const inTime = grid.over === 'times' ? transpose(graph, inGroups, [0, 2, 1, 3]) : inGroups;
  return concat(graph, [ofClass, reshape(graph, inTime, [-1, grid.times * grid.places, width])], 1);
}

/** [batch, times x places, width] → [batch, groups, length, width]: a group for each place or for each time. */
function grouped(
  graph: GraphBuilder,
  patches: Value,
  { width, times, places, over }: Pick<AttentionOptions, 'width' | 'times' | 'places' | 'over'>,
): Value {
  const byTime = reshape(graph, patches, [-1, times, places, width]);
  return over === 'times' ? transpose(graph, byTime, [0, 2, 1, 3]) : byTime;
}
