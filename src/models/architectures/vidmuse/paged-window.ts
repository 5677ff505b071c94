import type { Graph, Value } from '../../graph/graph.js';
import type { GraphBuilder } from '../../graph/graph-builder.js';
import { matmul } from '../../graph/layer-operators.js';
import { cast, concat, expand, gather, integers, reshape, scalar } from '../../graph/shape-operators.js';
import { blockOf, crossQuery, type Decoder, layersOf, memoryWeights, packedProjection } from './decoder-parts.js';
import { type LoopMemory, windowLoop } from './window-loop.js';

/** Places of a page: what onnxruntime's flash attention wants of heads of 64 (onnxruntime 1.29, contrib_ops/cuda/bert/paged_attention.cc). */
export const pageLength = 256;

/**
 * The same window for CUDA in float16, with keys and values in pages that attention writes in place: no copy from step to step, and rows with memories
 * of different lengths side by side. In place of `memory` and `null_memory` it takes
 *
 * - `memory` [places, width]: all memories, each filled up to whole pages;
 * - `memory_pages` [2 clips, pages], int32: the pages of each row's memory, null branches last; one page may serve many rows;
 * - `memory_last` [2 clips], int64: the place of each row's last token; `memory_past` [2 clips], int32: the number of its tokens before that;
 * - `own_pages` [2 clips, pages], int32: pages for each row's own keys and values, 0 to the number of entries;
 * - `row_starts` [2 clips + 1], int32: 0, 1, 2, ...
 */
export function buildPagedWindow(decoder: Decoder): Graph {
  return windowLoop({
    name: 'vidmuse-paged-window',
    decoder,
    memory: (graph) => pagedMemory(graph, decoder),
    hasStepAxis: false,
  });
}

interface Pages {
  readonly keys: Value;
  readonly values: Value;
}

function pagedMemory(graph: GraphBuilder, decoder: Decoder): LoopMemory {
  const { width, heads } = decoder;
  const ownPages = graph.input('own_pages', 'int32', ['rows', 'own_pages']);
  const rowStarts = graph.input('row_starts', 'int32', ['starts']);
  const rows = graph.node('Shape', [ownPages], { attributes: { end: { int: 1 } } });
  const own = layersOf(decoder).map((layer) => emptyPages(graph, { ownPages, decoder, layer }));
  const memory = memoryPages(graph, decoder);
  return {
    states: [],
    step: (body, _states, position) => {
      const past = expand(body, cast(body, position, 'int32'), rows);
      const attend = (inputs: readonly (Value | undefined)[]): Value =>
        body.nodes('PagedAttention', inputs, {
          domain: 'com.microsoft',
          attributes: { num_heads: { int: heads }, kv_num_heads: { int: heads } },
          ...{ count: 3, omitted: [1, 2] },
        })[0]!;
      return {
        after: () => [],
        self: (x, layer) => {
          const packed = packedProjection(body, x, { name: `${blockOf(layer)}.self_attn`, width });
          const { keys, values } = own[layer]!;
          return attend([packed, undefined, undefined, keys, values, rowStarts, past, ownPages, ...bounds(body)]);
        },
        cross: (x, layer) => {
          const query = crossQuery(body, x, { layer, width });
          const { keys, values, lastKeys, lastValues } = memory.layers[layer]!;
          return attend([
            query,
            lastKeys,
            lastValues,
            keys,
            values,
            rowStarts,
            memory.past,
            memory.pages,
            ...bounds(body),
          ]);
        },
      };
    },
  };
}

/** The last inputs of the operator: at most one query a row, and no limit on keys. Without them it would ask the device, which waits for all work. */
function bounds(graph: GraphBuilder): (Value | undefined)[] {
  const metadata = graph.constant(Int32Array.of(1, 1 << 20), { type: 'int32' });
  return [...Array.from({ length: 8 }, () => undefined), metadata];
}

/** Pages that a layer writes before it reads them. Their first values differ from layer to layer, so that no optimiser takes them for one. */
function emptyPages(
  graph: GraphBuilder,
  {
    ownPages,
    decoder: { width, heads },
    layer,
  }: { readonly ownPages: Value; readonly decoder: Decoder; readonly layer: number },
): Pages {
  const count = reshape(graph, graph.node('Size', [ownPages]), [1]);
  const shape = concat(graph, [count, integers(graph, [pageLength, heads, width / heads])], 0);
  const filled = (value: number): Value => expand(graph, scalar(graph, value), shape);
  return { keys: filled(2 * layer), values: filled(2 * layer + 1) };
}

interface MemoryPages {
  readonly past: Value;
  readonly pages: Value;
  /** `lastKeys` and `lastValues` [rows, width]: attention takes a new token each step, so it gets the last one of the memory again and again. */
  readonly layers: readonly (Pages & { readonly lastKeys: Value; readonly lastValues: Value })[];
}

function memoryPages(graph: GraphBuilder, decoder: Decoder): MemoryPages {
  const { width, heads } = decoder;
  const memory = graph.input('memory', 'float32', ['places', width]);
  const pages = graph.input('memory_pages', 'int32', ['rows', 'pages']);
  const last = graph.input('memory_last', 'int64', ['rows']);
  const past = graph.input('memory_past', 'int32', ['rows']);
  const layers = layersOf(decoder).map((layer) => {
    const weights = memoryWeights(graph, { layer, width });
    const inPages = (x: Value): Value => reshape(graph, x, [-1, pageLength, heads, width / heads]);
    const [keys, values] = [matmul(graph, memory, weights.keys), matmul(graph, memory, weights.values)];
    return {
      ...{ keys: inPages(keys), values: inPages(values) },
      ...{ lastKeys: gather(graph, keys, { indices: last }), lastValues: gather(graph, values, { indices: last }) },
    };
  });
  return { past, pages, layers };
}
