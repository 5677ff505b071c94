import type { Leaderboard, Row, Verdict } from './leaderboard-types.js';

interface VerdictInput {
  readonly rows: readonly Row[];
  readonly primaryMetric: string;
  readonly metricTitle: string;
  readonly partial: Leaderboard['partial'];
}

/** One sentence on what the primary metric allows to be said about the top of the table. */
export function verdictOf(input: VerdictInput): Verdict {
  if (input.partial.isPartial) return notRanked('This run is partial: values are shown, ranks are not.');
  const ranked = input.rows.flatMap((row) => {
    const rank = row.cells.find((cell) => cell.metricId === input.primaryMetric)?.rank;
    return rank?.status === 'ok' ? [{ title: row.title, ...rank.value }] : [];
  });
  if (ranked.length === 0) return notRanked(`No system could be ranked by ${input.metricTitle}.`);
  const unbeaten = ranked.filter(({ best }) => best === 1);
  const top = unbeaten.map(({ title }) => title);
  if (ranked.length === 1)
    return notRanked(`${top.join()} is the only ranked system: there is nothing to rank it against.`);
  if (unbeaten.every(({ worst }) => worst === 1)) {
    const sentence = `${top.join()} leads by ${input.metricTitle}: every other ranked system is told apart from it.`;
    return { kind: 'clear-leader', sentence };
  }
  if (top.length === 1) {
    // "Not worse" is not transitive: a system may lose to another one only.
    const sentence = `${top.join()} is beaten by no system by ${input.metricTitle}, but is not told apart from all of them.`;
    return { kind: 'tie-at-top', sentence };
  }
  const everyone = top.length === ranked.length ? `All ${top.length} ranked systems` : `${top.length} systems`;
  return {
    kind: 'tie-at-top',
    sentence: `${everyone} share the top by ${input.metricTitle}: these clips do not tell them apart (${top.join(', ')}).`,
  };
}

function notRanked(sentence: string): Verdict {
  return { kind: 'not-ranked', sentence };
}
