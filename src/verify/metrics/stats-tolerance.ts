import type { MetricTolerance } from './family-runner.js';
import { type MetricCase, toleranceOf } from './metric-fixture.js';

/** The limits of a case of statistics; the family's own where it states none. */
export function statsTolerance(metricCase: MetricCase): MetricTolerance {
  return toleranceOf(metricCase, { relative: 1e-9, absolute: 1e-12 });
}
