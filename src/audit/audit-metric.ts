import { type Outcome, ok, reasonOf, skipped } from '../core/outcome.js';
import type { Figure } from '../core/score.js';
import type { Metric } from '../metrics/metric.js';
import { baselinesOf } from '../scoring/baselines.js';
import type { ScoringInput } from '../scoring/feature-lookup.js';
import type { AuditedDamage, MetricAudit, ResponseCurve } from './audit-types.js';
import { metricSpan } from './metric-span.js';
import { responseCurves } from './response-curves.js';
import { sampleSizeCurve } from './sample-size-curve.js';
import { systemFigure } from './system-figure.js';

export interface AuditInput extends ScoringInput {
  readonly damages: readonly AuditedDamage[];
  readonly undamagedId: string;
}

/** Does the metric measure what it claims? Its answer to every damage at every level, and to the number of clips. */
export function auditMetric(metric: Metric, input: AuditInput): MetricAudit {
  const figures = new Map<string, Figure>(
    input.systems.map((system) => [system.id, systemFigure(metric, system, input)]),
  );
  const undamaged = figures.get(input.undamagedId) as Figure;
  // The yardsticks come from the references; the audit's systems add nothing to them.
  const baselines = baselinesOf(metric, { ...input, systems: [] });
  const span = metricSpan(metric, { undamaged: undamaged.outcome, baselines });
  const { damages, undamagedId } = input;
  const curves = responseCurves(metric, { damages, figures, undamagedId, span, scoring: input });
  return {
    metricId: metric.id,
    metricVersion: metric.version,
    undamaged: undamaged.outcome,
    span,
    curves,
    sensitivity: sensitivityOf(curves),
    sampleSize: sampleSizeCurve(metric, input),
  };
}

function sensitivityOf(curves: readonly ResponseCurve[]): MetricAudit['sensitivity'] {
  const worsening = ({ meanWorsening }: ResponseCurve): number =>
    meanWorsening.status === 'ok' ? meanWorsening.value : Number.NEGATIVE_INFINITY;
  const ordered = [...curves].sort((a, b) => worsening(b) - worsening(a));
  return ordered.map((curve) => ({ damageId: curve.damageId, rank: rankOf(curve, curves) }));
}

/** 1 + the number of damages that worsen the metric more. */
function rankOf({ meanWorsening: own }: ResponseCurve, curves: readonly ResponseCurve[]): Outcome<number> {
  if (own.status !== 'ok') return skipped(reasonOf(own));
  const stronger = curves.filter(({ meanWorsening: other }) => other.status === 'ok' && other.value > own.value);
  return ok(1 + stronger.length);
}
