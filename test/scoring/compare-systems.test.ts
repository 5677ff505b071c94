import { describe, expect, it } from 'vitest';
import { ok, skipped } from '../../src/core/outcome.js';
import { seededRng } from '../../src/core/rng.js';
import type { Comparison, Figure } from '../../src/core/score.js';
import type { SetMetric } from '../../src/metrics/metric.js';
import { compareSystems } from '../../src/scoring/compare-systems.js';
import { meanEstimate } from '../../src/scoring/mean-estimate.js';
import { scorePaired } from '../../src/scoring/score-paired.js';
import { scoreMetric } from '../../src/scoring/score-run.js';
import { holm } from '../../src/stats/holm.js';
import { mean } from '../../src/stats/mean.js';
import { closeness, meanDistance, scoringWorld, type WorldSystem } from '../helpers/scoring-world.js';

function pairedFigure(systemId: string, values: Readonly<Record<string, number>>): Figure {
  const metric = { id: closeness.id, version: 1 };
  const clipScores = Object.entries(values).map(([clipId, value]) => {
    return { metric, systemId, clipId, seed: 0, outcome: ok(value) };
  });
  return scorePaired({ metric, systemId, clipScores, clipIds: Object.keys(values), rngSeed: 1 });
}

function comparePaired(figures: readonly Figure[], rngSeed = 1): Comparison[] {
  const systems = figures.map(({ systemId }) => ({ id: systemId, sameSet: false }));
  return compareSystems({ metric: closeness, figures, systems, rngSeed });
}

function values(draw: (clip: number) => number, count = 40): Record<string, number> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, clip) => [`c${String(clip).padStart(2, '0')}`, draw(clip)]),
  );
}

function compareSets(clipCount: number, systems: readonly WorldSystem[], worldSeed = 1): readonly Comparison[] {
  const world = scoringWorld({ clipCount, systems, worldSeed });
  return scoreMetric(meanDistance, { ...world, clipScores: [] }).comparisons;
}

describe('paired metrics', () => {
  const rng = seededRng('compare', 1);
  const clip = values(() => 10 * rng.normal());
  const figures = [
    pairedFigure(
      'b',
      values((index) => Object.values(clip)[index]! + 0.5 + 0.2 * rng.normal()),
    ),
    pairedFigure('a', clip),
    pairedFigure(
      'c',
      values((index) => Object.values(clip)[index]! + 0.2 * rng.normal()),
    ),
  ];

  it('finds a small difference that most of the clips share', () => {
    const comparisons = comparePaired(figures);
    expect(comparisons.map(({ systemA, systemB }) => systemA + systemB)).toEqual(['ab', 'ac', 'bc']);
    const [ab, ac] = comparisons.map(({ outcome }) => (outcome.status === 'ok' ? outcome.value : expect.fail('none')));
    expect(ab).toMatchObject({ test: 'paired-bootstrap', difference: { method: 'bootstrap-bca' } });
    expect(ab!.difference.upper).toBeLessThan(-0.3);
    expect(ab!.adjustedPValue).toBeLessThan(0.01);
    expect(ac!.adjustedPValue).toBeGreaterThan(0.05);
  });

  it('adjusts over all pairs', () => {
    const found = comparePaired(figures).flatMap(({ outcome }) => (outcome.status === 'ok' ? [outcome.value] : []));
    expect(found.map(({ adjustedPValue }) => adjustedPValue)).toEqual(holm(found.map(({ pValue }) => pValue)));
  });

  it('does not depend on the order of the figures', () =>
    expect(comparePaired([...figures].reverse())).toEqual(comparePaired(figures)));

  it('takes the clips that both have', () => {
    const [first] = comparePaired([pairedFigure('a', { x: 1, y: 2, z: 3 }), pairedFigure('b', { w: 100, y: 1, z: 1 })]);
    expect(first).toMatchObject({ clipCount: 2, outcome: { status: 'ok', value: { difference: { value: 1.5 } } } });
  });

  it('refuses one common clip and systems without a value, and leaves them out of the correction', () => {
    const figuresWithGaps = [
      pairedFigure('a', { x: 1, y: 2, z: 4 }),
      pairedFigure('b', { x: 5, y: 8, z: 9 }),
      pairedFigure('c', { v: 1, w: 2, x: 3 }),
      pairedFigure('d', { x: 1 }),
    ];
    const byPair = new Map(comparePaired(figuresWithGaps).map((one) => [one.systemA + one.systemB, one.outcome]));
    expect(byPair.get('ac')).toEqual(skipped('a comparison needs at least 2 common clips, got 1'));
    expect(byPair.get('ad')).toEqual(skipped('d: an interval needs at least 2 clips'));
    const ab = byPair.get('ab');
    expect(ab?.status === 'ok' && ab.value.adjustedPValue === ab.value.pValue).toBe(true);
  });

  it('covers the true difference in about 95 % of 500 samples', () => {
    let covered = 0;
    for (let repetition = 0; repetition < 500; repetition++) {
      const draws = seededRng('difference-coverage', repetition);
      const ofA = Array.from({ length: 40 }, () => 3 * draws.normal());
      const ofB = ofA.map((value) => value - 0.4 + 0.5 * draws.normal());
      const differences = ofA.map((value, clip) => value - ofB[clip]!);
      const estimate = meanEstimate(differences, seededRng('difference-interval', repetition));
      if (estimate.status !== 'ok') expect.fail('no interval');
      if (estimate.value.lower <= 0.4 && 0.4 <= estimate.value.upper) covered++;
    }
    expect(covered / 500).toBeGreaterThan(0.92);
    expect(covered / 500).toBeLessThan(0.98);
  });
});

describe('set metrics', () => {
  it('tells a far system from a near one', () => {
    const [near] = compareSets(20, [
      { id: 'near', shift: 0.2, noise: 0.3 },
      { id: 'far', shift: 2, noise: 0.3 },
    ]);
    if (near?.outcome.status !== 'ok') expect.fail('no comparison');
    expect([near.systemA, near.systemB]).toEqual(['far', 'near']);
    expect(near.outcome.value).toMatchObject({ test: 'jackknife-t', difference: { method: 'jackknife-t' } });
    expect(near.outcome.value.difference.lower).toBeGreaterThan(3);
    expect(near.outcome.value.adjustedPValue).toBeLessThan(1e-6);
  });

  it('finds a difference in about 5 % of cases without one', () => {
    let found = 0;
    for (let repetition = 0; repetition < 200; repetition++) {
      const [one] = compareSets(
        20,
        ['a', 'b'].map((id) => ({ id, shift: 0.7, noise: 0.3 })),
        repetition,
      );
      if (one?.outcome.status === 'ok' && one.outcome.value.pValue < 0.05) found++;
    }
    // Standard error 1.5 %.
    expect(found / 200).toBeGreaterThan(0.005);
    expect(found / 200).toBeLessThan(0.1);
  });

  it('excludes systems that play the references', () => {
    const comparisons = compareSets(6, [
      { id: 'a', shift: 1, noise: 0.3 },
      { id: 'b', shift: 2, noise: 0.3 },
      { id: 'oracle', shift: 0, noise: 0, sameSet: true },
    ]);
    const statuses = comparisons.map(({ systemA, systemB, outcome }) => `${systemA} ${systemB} ${outcome.status}`);
    expect(statuses).toEqual(['a b ok', 'a oracle skipped', 'b oracle skipped']);
    expect(comparisons[1]!.outcome).toMatchObject({ reason: expect.stringContaining('0 by construction') });
  });

  it('recomputes systems with different gaps on the common clips', () => {
    const a: WorldSystem = { id: 'a', shift: 1, noise: 0.3, lacks: (clipId) => clipId === 'clip-000' };
    const b: WorldSystem = { id: 'b', shift: 1.5, noise: 0.3, lacks: (clipId) => clipId === 'clip-001' };
    const [withGaps] = compareSets(8, [a, b]);
    const world = scoringWorld({ clipCount: 8, systems: [a, b] });
    const common = scoreMetric(meanDistance, { ...world, clipIds: world.clipIds.slice(2), clipScores: [] });
    expect(withGaps).toEqual(common.comparisons[0]);
    expect(withGaps!.clipCount).toBe(6);
  });

  it('compares resampled systems resample by resample, from their figures and on common clips alike', () => {
    const resampled: SetMetric['resampled'] = ({ system, target }, draws) =>
      ok(draws.map((drawn) => mean(drawn.map((clip) => system[clip]!.data[0]! - target[clip]!.data[0]!))));
    const metric: SetMetric = {
      ...meanDistance,
      resampled,
      compute: (system, target) => ok(mean(system.map((clip, index) => clip.data[0]! - target[index]!.data[0]!))),
    };
    const compared = (lacks?: WorldSystem['lacks']): Comparison => {
      const systems = [
        { id: 'a', shift: 1, noise: 0.3, ...(lacks && { lacks }) },
        { id: 'b', shift: 1.5, noise: 0.3 },
      ];
      const world = scoringWorld({ clipCount: 12, systems });
      return scoreMetric(metric, { ...world, clipScores: [] }).comparisons[0]!;
    };
    const method = 'bootstrap-standard-error-t';
    const expected = { status: 'ok', value: { test: method, difference: { method } } };
    const all = compared();
    expect(all).toMatchObject({ clipCount: 12, outcome: expected });
    if (all.outcome.status !== 'ok') expect.fail('no comparison');
    const { value, standardError } = all.outcome.value.difference;
    expect(value).toBeCloseTo(-0.5, 0);
    expect(standardError).toBeLessThan(0.3);
    expect(compared((clipId) => clipId === 'clip-003')).toMatchObject({ clipCount: 11, outcome: expected });
  });

  it('skips systems with different gaps when nothing can recompute them', () => {
    const world = scoringWorld({
      clipCount: 8,
      systems: [
        { id: 'a', shift: 1, noise: 0.3, lacks: (clipId) => clipId === 'clip-000' },
        { id: 'b', shift: 1.5, noise: 0.3 },
      ],
    });
    const { figures } = scoreMetric(meanDistance, { ...world, clipScores: [] });
    const [one] = compareSystems({ metric: meanDistance, figures, systems: world.systems, rngSeed: 1 });
    expect(one!.outcome).toEqual(skipped('b: not computed on the common clips'));
  });
});
