import type { Dimension, ElementType, Value } from './graph.js';
import type { GraphBuilder } from './graph-builder.js';

/** A value that each turn of a loop hands to the next. */
export interface LoopState {
  readonly initial: Value;
  readonly type: ElementType;
  readonly shape: readonly Dimension[];
}

export interface LoopOptions {
  /** Most turns, an int64 number; left out: until `continues` is false. */
  readonly turns?: Value;
  /** Whether the first turn runs, a bool number; left out: it does. */
  readonly starts?: Value;
  readonly states: readonly LoopState[];
  /** Values that each turn adds to a list: type and shape of one turn's. */
  readonly collected?: readonly { readonly type: ElementType; readonly shape: readonly Dimension[] }[];
  /** Writes one turn with the builder it is given. `turn` counts from 0 (int64 number). */
  readonly body: (graph: GraphBuilder, turn: Value, states: readonly Value[]) => LoopTurn;
}

export interface LoopTurn {
  /** Bool number; left out: goes on. */
  readonly continues?: Value;
  readonly states: readonly Value[];
  readonly collected?: readonly Value[];
}

/** ONNX `Loop`: the states after the last turn, and the collected values stacked on a new first axis. */
export function loop(
  graph: GraphBuilder,
  options: LoopOptions,
): { readonly states: readonly Value[]; readonly collected: readonly Value[] } {
  const { states, collected = [] } = options;
  const name = graph.uniqueName('loop');
  const body = graph.body(name, (inner) => writeBody(inner, name, options));
  const yes = graph.constant(Uint8Array.of(1), { type: 'bool', shape: [] });
  const inputs = [options.turns, options.starts ?? yes, ...states.map(({ initial }) => initial)];
  const results = graph.nodes('Loop', inputs, {
    attributes: { body: { graph: body } },
    count: states.length + collected.length,
    name,
  });
  return { states: results.slice(0, states.length), collected: results.slice(states.length) };
}

function writeBody(graph: GraphBuilder, name: string, { states, collected = [], body }: LoopOptions): void {
  const turn = graph.input(`${name}.turn`, 'int64', []);
  const goesOn = graph.input(`${name}.goes_on`, 'bool', []);
  const before = states.map(({ type, shape }, index) => graph.input(`${name}.before_${index}`, type, shape));
  const result = body(graph, turn, before);
  graph.output(`${name}.continues`, result.continues ?? goesOn, { type: 'bool', shape: [] });
  states.forEach(({ type, shape }, index) => {
    graph.output(`${name}.after_${index}`, result.states[index]!, { type, shape });
  });
  collected.forEach(({ type, shape }, index) => {
    graph.output(`${name}.collected_${index}`, result.collected![index]!, { type, shape });
  });
}
