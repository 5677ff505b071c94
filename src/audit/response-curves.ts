import { mapOutcome, type Outcome, ok, reasonOf, skipped } from '../core/outcome.js';
import type { Estimate, Figure } from '../core/score.js';
import type { Metric } from '../metrics/metric.js';
import { compareSystems } from '../scoring/compare-systems.js';
import type { ScoringInput } from '../scoring/feature-lookup.js';
import { significanceLevel } from '../scoring/settings.js';
import { holm } from '../stats/holm.js';
import { mean } from '../stats/mean.js';
import type { AuditedDamage, Change, ResponseCurve, ResponsePoint, Span } from './audit-types.js';
import { monotonicity } from './monotonicity.js';

export interface CurvesInput {
  readonly damages: readonly AuditedDamage[];
  /** Figures of all systems of the audit, undamaged among them. */
  readonly figures: ReadonlyMap<string, Figure>;
  readonly undamagedId: string;
  readonly span: Outcome<Span>;
  readonly scoring: ScoringInput;
}

/** Changes smaller than this part of the span are rounding, however sure they are. */
const leastSpans = 0.01;

type UncorrectedChange = { readonly difference: Estimate; readonly pValue: number };

/** One curve a damage: each level against undamaged music on the clips that both have. */
export function responseCurves(metric: Metric, input: CurvesInput): ResponseCurve[] {
  const undamaged = input.figures.get(input.undamagedId) as Figure;
  const systemIds = input.damages.flatMap(({ levels }) => levels.map(({ systemId }) => systemId));
  const raw = new Map(systemIds.map((id) => [id, changeOf(metric, { ...input, undamaged, systemId: id })]));
  const changes = corrected(metric, raw, input.span);
  return input.damages.map((damage) => {
    const points = damage.levels.map(({ systemId, text }): ResponsePoint => {
      const figure = input.figures.get(systemId) as Figure;
      const change = changes.get(systemId) ?? skipped('not compared');
      return { systemId, levelText: text, outcome: figure.outcome, coverage: figure.coverage, change };
    });
    return curveOf(metric, { damageId: damage.id, points, undamaged: undamaged.outcome });
  });
}

function changeOf(
  metric: Metric,
  input: CurvesInput & { readonly undamaged: Figure; readonly systemId: string },
): Outcome<UncorrectedChange> {
  const damaged = input.figures.get(input.systemId) as Figure;
  // The order of the names fixes the sign: damaged minus undamaged.
  const figures = [
    { ...damaged, systemId: 'damaged' },
    { ...input.undamaged, systemId: 'undamaged' },
  ];
  const systems = figures.map(({ systemId }) => ({ id: systemId, sameSet: false }));
  const [comparison] = compareSystems({ metric, figures, systems, rngSeed: input.scoring.rngSeed });
  if (comparison === undefined) return skipped('not compared');
  return mapOutcome(comparison.outcome, ({ difference, pValue }) => ({ difference, pValue }));
}

/** Holm's correction runs over everything that the metric was asked. */
function corrected(
  metric: Metric,
  raw: ReadonlyMap<string, Outcome<UncorrectedChange>>,
  span: Outcome<Span>,
): Map<string, Outcome<Change>> {
  const adjusted = holm([...raw.values()].flatMap((one) => (one.status === 'ok' ? [one.value.pValue] : [])));
  let position = 0;
  return new Map(
    [...raw].map(([systemId, outcome]): [string, Outcome<Change>] => {
      if (outcome.status !== 'ok') return [systemId, outcome];
      const adjustedPValue = adjusted[position++] as number;
      return [systemId, ok(changeFrom(metric, { ...outcome.value, adjustedPValue, span }), outcome.warnings)];
    }),
  );
}

function changeFrom(
  metric: Metric,
  {
    difference,
    adjustedPValue,
    span,
  }: { readonly difference: Estimate; readonly adjustedPValue: number; readonly span: Outcome<Span> },
): Change {
  const worsening = worseningOf(metric, difference.value);
  const spans = span.status === 'ok' ? worsening / span.value.value : undefined;
  const material = spans === undefined ? difference.value !== 0 : Math.abs(spans) >= leastSpans;
  return {
    difference,
    worsening,
    ...(spans === undefined ? {} : { spans }),
    adjustedPValue,
    noticed: adjustedPValue < significanceLevel && material,
  };
}

function worseningOf({ direction }: Metric, difference: number): number {
  if (direction === 'neither') return Math.abs(difference);
  return direction === 'lower' ? difference : -difference;
}

function curveOf(
  metric: Metric,
  curve: {
    readonly damageId: string;
    readonly points: readonly ResponsePoint[];
    readonly undamaged: Outcome<Estimate>;
  },
): ResponseCurve {
  const { damageId, points, undamaged } = curve;
  const values = [undamaged, ...points.map(({ outcome }) => outcome)].flatMap((outcome) =>
    outcome.status === 'ok' ? [outcome.value.value] : [],
  );
  const worse = worseSide(metric, values);
  const worsenings = points.flatMap(({ change }) => (change.status === 'ok' ? [change.value.worsening] : []));
  const from = noticedFrom(points);
  return {
    damageId,
    points,
    monotonicity:
      undamaged.status === 'ok' ? monotonicity(values, worse) : skipped(`undamaged music: ${reasonOf(undamaged)}`),
    meanWorsening: worsenings.length === 0 ? skipped('no level has a value') : ok(mean(worsenings)),
    ...(from === undefined ? {} : { noticedFrom: from }),
  };
}

/** For metrics that judge nothing, the side to which the worst level moves them. */
function worseSide({ direction }: Metric, values: readonly number[]): 'higher' | 'lower' {
  if (direction !== 'neither') return direction === 'lower' ? 'higher' : 'lower';
  return (values.at(-1) ?? 0) >= (values[0] ?? 0) ? 'higher' : 'lower';
}

function noticedFrom(points: readonly ResponsePoint[]): string | undefined {
  let from: string | undefined;
  for (const { change, levelText } of [...points].reverse()) {
    if (change.status !== 'ok' || !change.value.noticed || change.value.worsening <= 0) break;
    from = levelText;
  }
  return from;
}
