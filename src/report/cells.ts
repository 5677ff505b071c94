import { skipped } from '../core/outcome.js';
import type { Figure, MetricBaselines } from '../core/score.js';
import type { Cell } from './leaderboard-types.js';
import type { ColumnRanks } from './ranks.js';

export interface CellInput {
  readonly metricId: string;
  readonly systemId: string;
  readonly figure: Figure | undefined;
  readonly baselines: MetricBaselines | undefined;
  readonly ranks: ColumnRanks | undefined;
}

/** One cell of the table. Without a figure it is a skipped one, never an empty one. */
export function cellOf({ metricId, systemId, figure, baselines, ranks }: CellInput): Cell {
  const none = skipped('no figure was computed');
  const outcome = figure?.outcome ?? none;
  const atEqualCount = baselines?.systemsAtEqualCount.find((one) => one.systemId === systemId)?.outcome;
  return {
    metricId,
    outcome,
    coverage: figure?.coverage ?? { scored: 0, total: 0, missing: [] },
    rank:
      outcome.status === 'ok' ? (ranks?.ranks.get(systemId) ?? skipped('no rank was computed')) : skipped('no value'),
    smallestDetectableDifference: figure?.smallestDetectableDifference ?? none,
    ...(atEqualCount === undefined ? {} : { atEqualCount }),
    ...spreadOf(figure),
  };
}

/** Absent from the scores of earlier versions, and where it does not apply to the metric. */
function spreadOf(figure: Figure | undefined): Pick<Cell, 'sampleSize' | 'varianceShares' | 'seedSpread'> {
  return {
    ...(figure?.sampleSize === undefined ? {} : { sampleSize: figure.sampleSize }),
    ...(figure?.varianceShares === undefined ? {} : { varianceShares: figure.varianceShares }),
    ...(figure?.seedSpread === undefined ? {} : { seedSpread: figure.seedSpread }),
  };
}
