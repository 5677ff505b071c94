import type { MetricDescription, Row } from './leaderboard-types.js';

/**
 * The oracle stands on top: what it reaches is the most that can be asked for. Then best first by the primary metric: ranked systems
 * by rank and value, unranked contestants by value, other systems that play the references, those without a value. The id breaks ties, so the order is the same on every machine.
 */
export function orderRows(rows: readonly Row[], primary: MetricDescription | undefined): Row[] {
  if (primary === undefined) return [...rows];
  const keyed = rows.map((row) => ({ row, key: sortKey(row, primary) }));
  return keyed.sort((a, b) => compareKeys(a.key, b.key)).map(({ row }) => row);
}

type SortKey = readonly [group: number, best: number, worst: number, badness: number, id: string];

function sortKey(row: Row, { id, direction }: MetricDescription): SortKey {
  if (isOracle(row)) return [-1, 0, 0, 0, row.systemId];
  const cell = row.cells.find(({ metricId }) => metricId === id);
  if (cell?.outcome.status !== 'ok') return [3, 0, 0, 0, row.systemId];
  const badness = cell.outcome.value.value * (direction === 'higher' ? -1 : 1);
  if (cell.rank.status === 'ok') return [0, cell.rank.value.best, cell.rank.value.worst, badness, row.systemId];
  return [row.sameSet ? 2 : 1, 0, 0, badness, row.systemId];
}

/** Sees the clip's own music. */
function isOracle({ sees }: Row): boolean {
  return sees.includes('reference');
}

function compareKeys(a: SortKey, b: SortKey): number {
  const differing = a.findIndex((part, index) => part !== b[index]);
  if (differing < 0) return 0;
  return (a[differing] as number) < (b[differing] as number) ? -1 : 1;
}
