import type { MetricBaselines } from '../core/score.js';
import type { Metric } from '../metrics/metric.js';
import type { ScoringInput } from './feature-lookup.js';
import { pairedBaselines } from './paired-baselines.js';
import { setBaselines } from './set-baselines.js';

/** The yardsticks of one metric: what real music scores against real music, and what chance scores. */
export function baselinesOf(metric: Metric, input: ScoringInput): MetricBaselines {
  return metric.level === 'set' ? setBaselines(metric, input) : pairedBaselines(metric, input);
}
