import { type Outcome, ok, skipped } from '../core/outcome.js';
import type { SystemSpec } from '../core/record.js';
import type { Scores } from '../core/score.js';
import { rankRanges } from '../scoring/rank.js';
import type { Leaderboard, MetricDescription, RankRange } from './leaderboard-types.js';

export interface ColumnRanks {
  readonly metricId: string;
  readonly ranks: ReadonlyMap<string, Outcome<RankRange>>;
}

export interface RanksInput {
  readonly metrics: readonly MetricDescription[];
  readonly scores: Scores;
  readonly systems: readonly SystemSpec[];
  readonly partial: Leaderboard['partial'];
}

/**
 * Who ranks where, a column at a time. A partial run ranks nobody, and systems that play the references are taken out
 * before the others are ranked, so that they cannot push anyone down.
 */
export function ranksOf(input: RanksInput): ColumnRanks[] {
  return input.metrics.map((metric) => ({ metricId: metric.id, ranks: columnRanks(metric, input) }));
}

function columnRanks(metric: MetricDescription, input: RanksInput): ReadonlyMap<string, Outcome<RankRange>> {
  const { direction } = metric;
  const ranges = direction === 'neither' ? undefined : contestantRanges(metric, { ...input, direction });
  const { systems, partial } = input;
  const rankOf = ({ id, sameSet }: SystemSpec): Outcome<RankRange> => {
    if (sameSet) return skipped('plays the reference recordings themselves');
    if (ranges === undefined) return skipped('describes and does not judge');
    if (partial.isPartial) return skipped(`partial run: ${partial.reasons.join('; ')}`);
    return ranges.get(id) ?? skipped('no value');
  };
  return new Map(systems.map((system) => [system.id, rankOf(system)]));
}

function contestantRanges(
  metric: MetricDescription,
  { systems, scores, direction }: RanksInput & { readonly direction: 'higher' | 'lower' },
): Map<string, Outcome<RankRange>> {
  const contestants = new Set(systems.filter(({ sameSet }) => !sameSet).map(({ id }) => id));
  const figures = scores.figures.filter((figure) => figure.metric.id === metric.id && contestants.has(figure.systemId));
  const comparisons = scores.comparisons.filter(
    ({ metric: of, systemA, systemB }) => of.id === metric.id && contestants.has(systemA) && contestants.has(systemB),
  );
  return new Map(
    rankRanges(figures, comparisons, direction).map(({ systemId, best, worst, tieGroup, ranked }) => [
      systemId,
      ranked ? ok({ best, worst, tieGroup }) : skipped('could not be compared with any other system'),
    ]),
  );
}
