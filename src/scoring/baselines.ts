import type { MetricBaselines } from '../core/score.js';
import type { Metric } from '../metrics/metric.js';
import type { ScoringInput } from './feature-lookup.js';
import { pairedBaselines } from './paired-baselines.js';
import { setBaselines } from './set-baselines.js';
import { signalBaselines } from './signal-baselines.js';

/** The yardsticks of one metric: what real music scores against real music, and what chance scores. */
export function baselinesOf(metric: Metric, input: ScoringInput): MetricBaselines {
  switch (metric.level) {
    case 'set':
      return setBaselines(metric, input);
    case 'paired':
      return pairedBaselines(metric, input);
    case 'signal':
      return signalBaselines(metric, input);
  }
}
