import type { Value } from '../../graph/graph.js';
import type { GraphBuilder } from '../../graph/graph-builder.js';
import { add, multiply } from '../../graph/layer-operators.js';
import { cast, gather, integers, slice, squeeze, unsqueeze } from '../../graph/shape-operators.js';

/** How codes are drawn; all are inputs, so that one graph serves every choice. */
export interface DrawSettings {
  /** float64 [1]. */
  readonly guidance: Value;
  /** float64 [1]; above 0. */
  readonly temperature: Value;
  /** int64 [1]: codes that are put in order, 1 for the likeliest alone. */
  readonly candidates: Value;
  /** int64 [1]: those as likely as this one of them, counted from 1, can be drawn. */
  readonly rank: Value;
  /** float64 [1]: codes with at most this share before them can be drawn; 1 for all. */
  readonly share: Value;
}

export function drawSettings(graph: GraphBuilder): DrawSettings {
  return {
    guidance: graph.input('guidance', 'float64', [1]),
    temperature: graph.input('temperature', 'float64', [1]),
    candidates: graph.input('candidates', 'int64', [1]),
    rank: graph.input('rank', 'int64', [1]),
    share: graph.input('share', 'float64', [1]),
  };
}

/**
 * The rule of `sampleCode` (src/generate/vidmuse/sampling.ts) as a graph, in float64 as there: guided logits in order, those that can be drawn, and the
 * one at which their running sum passes `uniform` [clips, codebooks]. `logits` are [2 clips, codebooks, codes], the null branches last. Returns
 * int64 [clips, codebooks].
 */
export function drawCodes(
  graph: GraphBuilder,
  logits: Value,
  { uniform, settings }: { readonly uniform: Value; readonly settings: DrawSettings },
): Value {
  const ordered = topCodes(graph, guided(graph, logits, settings.guidance), settings.candidates);
  const first = slice(graph, ordered.values, { axis: 2, start: 0, end: 1 });
  const scaled = graph.node('Div', [graph.node('Sub', [ordered.values, first]), settings.temperature]);
  const weights = graph.node('Exp', [scaled]);
  const sums = graph.node('CumSum', [weights, graph.constant(Int32Array.of(2), { shape: [] })]);
  const last = slice(graph, sums, { axis: 2, start: -1 });
  const lowest = gather(graph, ordered.values, {
    indices: graph.node('Sub', [settings.rank, integers(graph, [1])]),
    axis: 2,
  });
  const byRank = graph.node('GreaterOrEqual', [ordered.values, lowest]);
  const byShare = graph.node('LessOrEqual', [
    graph.node('Sub', [sums, weights]),
    multiply(graph, last, settings.share),
  ]);
  const kept = cast(graph, graph.node('And', [byRank, byShare]), 'float64');
  const keptSum = sumOf(graph, multiply(graph, weights, kept));
  const target = multiply(graph, unsqueeze(graph, uniform, [2]), keptSum);
  const passed = cast(graph, graph.node('LessOrEqual', [sums, target]), 'float64');
  // Rounding may leave a rest of the last candidate's share.
  const most = graph.node('Sub', [sumOf(graph, kept), graph.constant(Float64Array.of(1))]);
  const place = graph.node('Min', [sumOf(graph, passed), most]);
  const code = graph.node('GatherElements', [ordered.codes, cast(graph, place, 'int64')], {
    attributes: { axis: { int: 2 } },
  });
  return squeeze(graph, code, [2]);
}

/** uncond + (cond - uncond) guidance: [2 clips, codebooks, codes] → float64 [clips, codebooks, codes]. */
function guided(graph: GraphBuilder, logits: Value, guidance: Value): Value {
  const options = { attributes: { axis: { int: 0 }, num_outputs: { int: 2 } }, count: 2 };
  const [cond, uncond] = graph.nodes('Split', [cast(graph, logits, 'float64')], options) as [Value, Value];
  return add(graph, uncond, multiply(graph, graph.node('Sub', [cond, uncond]), guidance));
}

function topCodes(graph: GraphBuilder, logits: Value, count: Value): { readonly values: Value; readonly codes: Value } {
  const [values, codes] = graph.nodes('TopK', [logits, count], { attributes: { axis: { int: -1 } }, count: 2 });
  return { values: values!, codes: codes! };
}

function sumOf(graph: GraphBuilder, x: Value): Value {
  return graph.node('ReduceSum', [x, integers(graph, [2])], { attributes: { keepdims: { int: 1 } } });
}
