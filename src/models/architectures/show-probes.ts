import type { Dimension, Value } from '../graph/graph.js';
import type { GraphBuilder } from '../graph/graph-builder.js';

/** A value inside a network; a name in its shape stands for a free dimension. */
export interface Probe {
  readonly value: Value;
  readonly shape: readonly Dimension[];
}

/** Makes the wanted probes outputs under their own names. Throws a RangeError for a name that the network does not have. */
export function showProbes(
  graph: GraphBuilder,
  { wanted = [], probes }: { readonly wanted?: readonly string[] | undefined; readonly probes: Record<string, Probe> },
): void {
  for (const name of wanted) {
    const probe = probes[name];
    if (probe === undefined) throw new RangeError(`no probe ${name}: there are ${Object.keys(probes).join(', ')}`);
    graph.output(name, probe.value, { shape: probe.shape });
  }
}
