import type { ElementType, Graph, Value } from '../../graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../../graph/graph-builder.js';
import { add, matmul } from '../../graph/layer-operators.js';
import { type LoopState, loop } from '../../graph/loop.js';
import { cast, concat, gather, integers, reshape, unsqueeze } from '../../graph/shape-operators.js';
import {
  type Decoder,
  decoderBlocks,
  embedCodes,
  headWeights,
  type LayerAttention,
  sinusoids,
} from './decoder-parts.js';
import { drawCodes, drawSettings } from './draw-codes.js';

/** How a loop keeps keys and values. */
export interface LoopMemory {
  /** What each step hands to the next, besides the codes. */
  readonly states: readonly LoopState[];
  /** For one step: `position` is int64 [1]; the states behind the step are known when all layers are built. */
  step(graph: GraphBuilder, states: readonly Value[], position: Value): LayerAttention & { after(): readonly Value[] };
}

export interface WindowLoopOptions {
  readonly name: string;
  readonly decoder: Decoder;
  /** Adds its inputs and what is computed once a window. */
  readonly memory: (graph: GraphBuilder, clips: Value) => LoopMemory;
  /** [rows, 1, width] (true) or [rows, width]. */
  readonly hasStepAxis: boolean;
}

/**
 * A whole window as one graph: step after step, both branches of guidance side by side, the draw inside. Nothing goes back to the host between steps.
 *
 * - `given` and `known` [columns, clips, codebooks], int64: the delayed sequences as far as they are known;
 * - `uniform` [columns, clips, codebooks], float64: the number in [0, 1) for the draw of each cell;
 * - the settings of the draw (see `DrawSettings`) and the inputs of `memory`.
 *
 * Output `codes` [columns - 1, clips, codebooks]: the columns from the second on. A prompt is read one column a step.
 */
export function windowLoop({ name, decoder, memory, hasStepAxis }: WindowLoopOptions): Graph {
  const { codebooks, codebookSize, width } = decoder;
  const graph = createGraphBuilder(name);
  const columns = ['columns', 'clips', codebooks];
  const given = graph.input('given', 'int64', columns);
  const known = cast(graph, graph.input('known', 'int64', columns), 'bool');
  const uniform = graph.input('uniform', 'float64', columns);
  const settings = drawSettings(graph);
  const lengths = graph.node('Shape', [given]);
  const clips = gather(graph, lengths, { indices: graph.constant(BigInt64Array.of(1n)) });
  const turns = graph.node('Sub', [
    gather(graph, lengths, { indices: 0 }),
    graph.constant(BigInt64Array.of(1n), { shape: [] }),
  ]);
  const cache = memory(graph, clips);
  const codesState = {
    initial: gather(graph, given, { indices: 0 }),
    type: 'int64' as ElementType,
    shape: ['clips', codebooks],
  };
  const { collected } = loop(graph, {
    turns,
    states: [codesState, ...cache.states],
    collected: [{ type: 'int64', shape: ['clips', codebooks] }],
    body: (body, turn, [codes, ...before]) => {
      const position = unsqueeze(body, turn, [0]);
      const step = cache.step(body, before, position);
      const embedded = add(body, embedCodes(body, codes!, decoder), sinusoids(body, position, width));
      const rows = concat(body, [embedded, embedded], 0);
      const normed = decoderBlocks(body, hasStepAxis ? unsqueeze(body, rows, [1]) : rows, { decoder, attention: step });
      const logits = reshape(body, matmul(body, normed, headWeights(body, decoder)), [-1, codebooks, codebookSize]);
      const next = add(body, position, integers(body, [1]));
      const at = (x: Value): Value => reshape(body, gather(body, x, { indices: next }), [-1, codebooks]);
      const drawn = drawCodes(body, logits, { uniform: at(uniform), settings });
      const after = body.node('Where', [at(known), at(given), drawn]);
      return { states: [after, ...step.after()], collected: [after] };
    },
  });
  graph.output('codes', collected[0]!, { type: 'int64', shape: ['steps', 'clips', codebooks] });
  return graph.build();
}
