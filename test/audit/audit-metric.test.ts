import { describe, expect, it } from 'vitest';
import { auditMetric } from '../../src/audit/audit-metric.js';
import type { AuditedDamage } from '../../src/audit/audit-types.js';
import { monotonicity } from '../../src/audit/monotonicity.js';
import { verdictOfCurve } from '../../src/report/audit/verdicts.js';
import { closeness, meanDistance, plainMean, scoringWorld, type WorldSystem } from '../helpers/scoring-world.js';

describe('monotonicity', () => {
  it('is the share of pairs in the order of the damage', () => {
    expect(monotonicity([0, 1, 2, 3], 'higher')).toEqual({ status: 'ok', value: 1 });
    expect(monotonicity([0, 1, 2, 3], 'lower')).toEqual({ status: 'ok', value: 0 });
    expect(monotonicity([1, 1, 1], 'lower')).toEqual({ status: 'ok', value: 0.5 });
    // Pairs: 0<2, 0<1, 2>1.
    expect(monotonicity([0, 2, 1], 'higher')).toEqual({ status: 'ok', value: 2 / 3 });
    expect(monotonicity([1], 'higher').status).toBe('skipped');
  });
});

const levels = [0.2, 0.6, 1.5];
const damages: AuditedDamage[] = [
  damage('shift', 'grows with the level'),
  damage('nothing', 'does nothing at any level'),
];

function damage(id: string, summary: string): AuditedDamage {
  return {
    id,
    title: id,
    summary,
    levels: levels.map((level, index) => ({ systemId: `${id}-${index + 1}`, text: `${level}` })),
  };
}

/** `shift` moves features away from the references by its level; `nothing` leaves them as undamaged ones are. */
function world(): Parameters<typeof auditMetric>[1] {
  const systems: WorldSystem[] = [
    { id: 'undamaged', shift: 0, noise: 0.1 },
    ...levels.map((shift, index) => ({ id: `shift-${index + 1}`, shift, noise: 0.1 })),
    ...levels.map((_, index) => ({ id: `nothing-${index + 1}`, shift: 0, noise: 0.1 })),
  ];
  return { ...scoringWorld({ clipCount: 24, systems }), damages, undamagedId: 'undamaged' };
}

describe('auditMetric', () => {
  it.each([meanDistance, closeness])('$id: sees a growing damage, in order, and none where there is none', (metric) => {
    const audit = auditMetric(metric, world());
    const [shift, nothing] = audit.curves;
    expect(verdictOfCurve(shift!)).toBe('falls');
    expect(shift!.monotonicity).toMatchObject({ status: 'ok', value: 1 });
    expect(verdictOfCurve(nothing!)).toBe('unmoved');
    expect(audit.sensitivity.map(({ damageId }) => damageId)).toEqual(['shift', 'nothing']);
    const last = shift!.points.at(-1)!.change;
    expect(last.status === 'ok' && last.value.worsening > 0 && last.value.noticed).toBe(true);
  });

  it('reads a worsening against the metric’s span', () => {
    const audit = auditMetric(closeness, world());
    expect(audit.span.status === 'ok' && audit.span.value.meaning).toContain('music of the wrong clip');
    const change = audit.curves[0]!.points[2]!.change;
    if (change.status !== 'ok' || audit.span.status !== 'ok') expect.fail('not measured');
    expect(change.value.spans).toBeCloseTo(change.value.worsening / audit.span.value.value, 12);
  });

  it('shows what the number of clips does to a set metric, and says why a mean has no such curve', () => {
    const set = auditMetric(meanDistance, world()).sampleSize;
    if (set.status !== 'ok') expect.fail('no curve');
    expect(set.value.points.map(({ clipCount }) => clipCount)).toEqual([2, 3, 4, 6, 8, 12]);
    const values = set.value.points.map(({ outcome }) => (outcome.status === 'ok' ? outcome.value : Number.NaN));
    // The squared distance of two means falls as 1 / n.
    expect(values[0]! / values[5]!).toBeGreaterThan(3);
    expect(auditMetric(closeness, world()).sampleSize.status).toBe('skipped');
  });

  it('has no span for metrics that judge a set by itself, and still compares', () => {
    const audit = auditMetric(plainMean, world());
    expect(audit.span.status).toBe('skipped');
    expect(audit.curves[0]!.points[2]!.change.status).toBe('ok');
  });

  it('says why a level was not measured', () => {
    const broken = world();
    const features = {
      ...broken.features,
      system: (...args: Parameters<typeof broken.features.system>) =>
        args[0] === 'shift-1'
          ? ({ status: 'failed', error: { code: 'broken', message: 'made no sound' } } as const)
          : broken.features.system(...args),
    };
    const point = auditMetric(closeness, { ...broken, features }).curves[0]!.points[0]!;
    expect(JSON.stringify(point.change)).toContain('made no sound');
  });
});
