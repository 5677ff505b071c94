import type { Comparison } from '../core/score.js';
import type { ComparisonRow, MetricDescription } from './leaderboard-types.js';

/** Family-wise error rate at which a difference is called one. */
const significanceLevel = 0.05;

/** Comparisons in the order of the columns, each with the system that it favours, if any. */
export function comparisonRows(
  comparisons: readonly Comparison[],
  metrics: readonly MetricDescription[],
): ComparisonRow[] {
  return metrics.flatMap((metric) =>
    comparisons.filter((comparison) => comparison.metric.id === metric.id).map((one) => comparisonRow(one, metric)),
  );
}

function comparisonRow(comparison: Comparison, metric: MetricDescription): ComparisonRow {
  const { systemA, systemB, clipCount, outcome } = comparison;
  const row = { metricId: metric.id, systemA, systemB, clipCount, outcome };
  if (outcome.status !== 'ok' || outcome.value.adjustedPValue >= significanceLevel) return row;
  if (metric.direction === 'neither') return row;
  const aIsHigher = outcome.value.difference.value > 0;
  return { ...row, favours: aIsHigher === (metric.direction === 'higher') ? systemA : systemB };
}
