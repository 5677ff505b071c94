import { attention } from '../graph/attention.js';
import type { Value } from '../graph/graph.js';
import type { GraphBuilder } from '../graph/graph-builder.js';
import { add, layerNorm, linear, linearGelu, skipLayerNorm, splitLinear } from '../graph/layer-operators.js';
import { concat, expand, gather, integers, reshape, shapeOf } from '../graph/shape-operators.js';
import {
  mergedOrder,
  relativePositions,
  reorder,
  shiftMask,
  type TokenOrder,
  type WindowGrid,
  windowOrder,
} from './swin-windows.js';

export interface SwinStageOptions {
  readonly name: string;
  readonly depth: number;
  readonly side: number;
  readonly window: number;
  readonly width: number;
  readonly heads: number;
  /** The norm behind the last stage; left out: four tokens are merged into one of twice the width for the next stage. */
  readonly finalNorm?: string;
}

/** Tokens [batch, side * side, width] in an order of the grid. */
interface Ordered {
  readonly tokens: Value;
  readonly order: TokenOrder;
}

/** The sum so far and its norm, in one order. */
interface Running {
  readonly sum: Value;
  readonly normed: Value;
  readonly order: TokenOrder;
}

/**
 * Blocks of attention within windows, every second one with windows moved by half their side. Tokens are moved from one order of windows
 * to the next by one gather, never back to rows: norms and layers treat each token by itself.
 */
export function swinStage(
  graph: GraphBuilder,
  { tokens, order }: Ordered,
  options: SwinStageOptions,
): Ordered & { readonly firstBlock: Value } {
  const { name, depth, side, window, width, finalNorm } = options;
  const norm = (block: number): string => `${name}.blocks.${block}.norm1`;
  let running: Running = { sum: tokens, normed: layerNorm(graph, tokens, { name: norm(0), width }), order };
  let firstBlock = tokens;
  for (let block = 0; block < depth; block++) {
    const shift = block % 2 === 1 && side > window ? window / 2 : 0;
    const last = block === depth - 1;
    running = swinBlock(graph, moved(graph, running, windowOrder({ side, window, shift })), {
      ...options,
      name: `${name}.blocks.${block}`,
      shift,
      ...(last ? finalNorm && { nextNorm: finalNorm } : { nextNorm: norm(block + 1) }),
    });
    if (block === 0) firstBlock = running.sum;
  }
  if (finalNorm !== undefined) return { tokens: running.normed, order: running.order, firstBlock };
  return { ...merged(graph, running, options), firstBlock };
}

/** Tokens [batch, places, width] brought from one order into another. */
export function reordered(
  graph: GraphBuilder,
  tokens: Value,
  { from, to }: { readonly from: TokenOrder; readonly to: TokenOrder },
): Value {
  const indices = graph.constant(BigInt64Array.from(reorder(from, to), BigInt));
  return gather(graph, tokens, { indices, axis: 1 });
}

function moved(graph: GraphBuilder, { sum, normed, order }: Running, to: TokenOrder): Running {
  if (order.every((token, place) => token === to[place])) return { sum, normed, order };
  const move = (tokens: Value): Value => reordered(graph, tokens, { from: order, to });
  return { sum: move(sum), normed: move(normed), order: to };
}

interface BlockOptions extends SwinStageOptions {
  readonly shift: number;
  /** What the sum is normed by for what follows; left out: nothing needs it. */
  readonly nextNorm?: string;
}

function swinBlock(graph: GraphBuilder, { sum, normed, order }: Running, options: BlockOptions): Running {
  const { name, width, side, nextNorm } = options;
  const [inner, outer] = [`${name}.attn.proj`, `${name}.mlp.fc2`];
  const bias = (layer: string): Value => graph.weight(`${layer}.bias`, [width]);
  const mixed = windowAttention(graph, normed, options);
  const attended = linear(graph, mixed, { name: inner, inputs: width, outputs: width, bias: false });
  const part = reshape(graph, attended, [-1, side * side, width]);
  const middle = skipLayerNorm(graph, part, { skip: sum, bias: bias(inner), name: `${name}.norm2`, width });
  const hidden = linearGelu(graph, middle.normed, { name: `${name}.mlp.fc1`, inputs: width, outputs: 4 * width });
  const out = linear(graph, hidden, { name: outer, inputs: 4 * width, outputs: width, bias: false });
  if (nextNorm === undefined) {
    const total = add(graph, add(graph, out, bias(outer)), middle.sum);
    return { sum: total, normed: total, order };
  }
  return { ...skipLayerNorm(graph, out, { skip: middle.sum, bias: bias(outer), name: nextNorm, width }), order };
}

/** [batch, places, width] in the order of windows → [batch * windows, tokens of a window, width]. */
function windowAttention(graph: GraphBuilder, normed: Value, options: BlockOptions): Value {
  const { name, side, window, width, heads, shift } = options;
  const inWindow = window * window;
  const windows = reshape(graph, normed, [-1, inWindow, width]);
  const layer = { weight: `${name}.attn.qkv.weight`, bias: `${name}.attn.qkv.bias` };
  const projected = splitLinear(graph, windows, { ...layer, inputs: width, widths: [width, width, width] });
  const [query, key, value] = projected as [Value, Value, Value];
  const positions = positionBias(graph, { ...options, grid: { side, window, shift } });
  const bias = shift === 0 ? positions : forEachOfBatch(graph, positions, normed);
  return attention(graph, { query, key, value, heads, headWidth: width / heads, bias });
}

interface PositionOptions {
  readonly name: string;
  readonly heads: number;
  readonly grid: WindowGrid;
}

/** [1, heads, tokens, tokens], or with the mask of a shifted grid [windows, heads, tokens, tokens]. */
function positionBias(graph: GraphBuilder, { name, heads, grid }: PositionOptions): Value {
  const { side, window, shift } = grid;
  const cells = window ** 4;
  const windows = shift === 0 ? 1 : (side / window) ** 2;
  const table = `${name}.attn.relative_position_bias_table`;
  const rows = relativePositions(window);
  return graph.derivedWeight({
    name: `${table}.bias`,
    shape: [windows, heads, window ** 2, window ** 2],
    sources: [{ name: table, shape: [(2 * window - 1) ** 2, heads] }],
    compute: ([values]) => {
      const mask = shift === 0 ? new Float32Array(cells) : shiftMask(grid);
      return Float32Array.from({ length: windows * heads * cells }, (_, index) => {
        const cell = index % cells;
        const head = Math.floor(index / cells) % heads;
        const windowIndex = Math.floor(index / (cells * heads));
        return values![rows[cell]! * heads + head]! + mask[windowIndex * cells + cell]!;
      });
    },
  });
}

/** [windows, heads, tokens, tokens] → [batch * windows, heads, tokens, tokens]; the length of the batch is `like`'s. */
function forEachOfBatch(graph: GraphBuilder, bias: Value, like: Value): Value {
  const batch = shapeOf(graph, like, { start: 0, end: 1 });
  const whole = shapeOf(graph, bias);
  const repeated = expand(
    graph,
    graph.node('Unsqueeze', [bias, integers(graph, [0])]),
    concat(graph, [batch, whole], 0),
  );
  const cell = shapeOf(graph, bias, { start: 1 });
  return reshape(graph, repeated, concat(graph, [integers(graph, [-1]), cell], 0));
}

/** Four neighbours become one token of twice the width, in the order of the next stage's windows. */
function merged(
  graph: GraphBuilder,
  { sum, order }: Running,
  { name, side, window, width }: SwinStageOptions,
): Ordered {
  const next = windowOrder({ side: side / 2, window, shift: 0 });
  const gathered = reordered(graph, sum, { from: order, to: mergedOrder(next, side) });
  const four = reshape(graph, gathered, [-1, (side / 2) ** 2, 4 * width]);
  const normed = layerNorm(graph, four, { name: `${name}.downsample.norm`, width: 4 * width });
  const sizes = { inputs: 4 * width, outputs: 2 * width, bias: false };
  return { tokens: linear(graph, normed, { name: `${name}.downsample.reduction`, ...sizes }), order: next };
}
