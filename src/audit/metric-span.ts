import { mapOutcome, type Outcome, ok, skipped } from '../core/outcome.js';
import type { Estimate, MetricBaselines } from '../core/score.js';
import type { Metric } from '../metrics/metric.js';
import type { Span } from './audit-types.js';

/**
 * From undamaged music to the yardstick of the metric's kind: real music against other real music for distances of sets, music under the
 * wrong video or with the wrong reference for metrics of pairs. Metrics that describe or judge a set by itself have none.
 */
export function metricSpan(
  metric: Metric,
  { undamaged, baselines }: { readonly undamaged: Outcome<Estimate>; readonly baselines: MetricBaselines },
): Outcome<Span> {
  if (undamaged.status !== 'ok') return undamaged;
  const start = undamaged.value.value;
  const yardstick = yardstickOf(metric, baselines);
  if (yardstick.status !== 'ok') return yardstick;
  const value = Math.abs(yardstick.value.value - start);
  if (!(value > 0)) return skipped(`undamaged music already scores what ${yardstick.value.meaning} scores`);
  return ok({ value, meaning: `from undamaged music to ${yardstick.value.meaning}` });
}

function yardstickOf(
  metric: Metric,
  { realAgainstReal, chanceShuffledPairs }: MetricBaselines,
): Outcome<{ readonly value: number; readonly meaning: string }> {
  if (metric.level === 'signal') return skipped(metric.blindGuess ?? 'it describes one sound by itself');
  if (metric.level === 'set' && metric.against === 'nothing') return skipped('it judges a set by itself');
  if (metric.level === 'set' && metric.against === 'reference')
    return mapOutcome(realAgainstReal, ({ value, clipCount }) => ({
      value,
      meaning: `one half of the references against the other (${clipCount} clips each)`,
    }));
  return mapOutcome(chanceShuffledPairs, ({ value }) => ({ value, meaning: 'music of the wrong clip' }));
}
