import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../src/core/features.js';
import { type Outcome, reasonOf } from '../../src/core/outcome.js';
import { importedMetrics, metrics, shippedMetrics } from '../../src/metrics/index.js';
import { isClipMetric, type Metric, type PairedMetric, type SetMetric } from '../../src/metrics/metric.js';
import { rangeBounds } from '../../src/scoring/range-bounds.js';
import { featuresFor, isKnownOutput } from '../helpers/metric-inputs.js';

const setMetrics = metrics.filter((metric): metric is SetMetric => metric.level === 'set');
const pairedMetrics = metrics.filter((metric): metric is PairedMetric => metric.level === 'paired');
const clipMetrics = metrics.filter(isClipMetric);
const clipCount = 16;
const clips = [...Array(clipCount).keys()];

/** Both sides of a set metric; the more noise, the worse the system. */
function sets(metric: SetMetric, noise: number): [FeatureMatrix[], FeatureMatrix[]] {
  const targetNeed = metric.against === 'video' ? metric.targetNeed : metric.need;
  const system = clips.map((clip) => featuresFor(metric.need, { clip, noise, take: 'system' }));
  if (metric.against === 'nothing' || targetNeed === undefined) return [system, []];
  return [system, clips.map((clip) => featuresFor(targetNeed, { clip, noise: 0, take: 'target' }))];
}

function pair(metric: PairedMetric, noise: number): [FeatureMatrix, FeatureMatrix] {
  return [
    featuresFor(metric.need, { clip: 3, noise, take: 'system' }),
    featuresFor(metric.targetNeed, { clip: 3, noise: 0, take: 'target' }),
  ];
}

/** Noise need not worsen these: it reaches more classes, and the sigmoid form is no divergence (its known failure). */
function isUnordered({ id }: Metric): boolean {
  return id.startsWith('mode-coverage-') || id.endsWith('-sigmoid');
}

/** A number inside the metric's range, or a refusal that says why. */
function expectDefined(outcome: Outcome<number>, metric: Metric): void {
  if (outcome.status !== 'ok') {
    expect(reasonOf(outcome).length).toBeGreaterThan(5);
    return;
  }
  const { lowest = Number.NEGATIVE_INFINITY, highest = Number.POSITIVE_INFINITY } = rangeBounds(metric.range);
  expect(Number.isFinite(outcome.value)).toBe(true);
  // A cosine can round to a hair above 1; a distance of 0 that comes out below 0 is an error.
  expect(outcome.value).toBeGreaterThanOrEqual(lowest === 0 ? 0 : lowest - 1e-9);
  expect(outcome.value).toBeLessThanOrEqual(highest + 1e-9);
}

function withCell(matrix: FeatureMatrix, value: number): FeatureMatrix {
  const data = matrix.data.slice();
  data[data.length - 1] = value;
  return { ...matrix, data };
}

function constant(matrix: FeatureMatrix, isConstant: (column: number) => boolean): FeatureMatrix {
  const data = matrix.data.map((value, index) => (isConstant(index % matrix.columns) ? 1 : value));
  return { ...matrix, data };
}

/** All columns but the first, which may be time. */
function scaled(matrix: FeatureMatrix, factor: number): FeatureMatrix {
  return {
    ...matrix,
    data: matrix.data.map((value, index) => (index % matrix.columns === 0 ? value : value * factor)),
  };
}

const noRows = (matrix: FeatureMatrix): FeatureMatrix => ({ ...matrix, rows: 0, data: new Float32Array() });
const narrower = (matrix: FeatureMatrix): FeatureMatrix => ({
  rows: matrix.rows,
  columns: 1,
  data: matrix.data.slice(0, matrix.rows),
});

type Spoil = (clips: readonly FeatureMatrix[]) => FeatureMatrix[];

/** What may come in, besides sound features: applied to the system, the target, or both. */
const spoils: Readonly<Record<string, Spoil>> = {
  'no clips': () => [],
  'one clip': (all) => all.slice(0, 1),
  'two clips': (all) => all.slice(0, 2),
  'a NaN': (all) => all.map((one, clip) => (clip === 1 || all.length === 1 ? withCell(one, Number.NaN) : one)),
  'an infinity': (all) => all.map((one, clip) => (clip === 1 || all.length === 1 ? withCell(one, -1 / 0) : one)),
  'a constant column': (all) => all.map((one) => constant(one, (column) => column === one.columns - 1)),
  'constant columns only': (all) => all.map((one) => constant(one, () => true)),
  'zeros only': (all) => all.map((one) => ({ ...one, data: one.data.map(() => 0) })),
  'equal clips': (all) => all.map(() => all[0]!),
  'half of the clips twice': (all) => all.map((_, clip) => all[Math.floor(clip / 2)]!),
  'one row a clip': (all) => all.map((one) => ({ ...one, rows: 1, data: one.data.slice(0, one.columns) })),
  'a clip without rows': (all) => all.map((one, clip) => (clip === 0 ? noRows(one) : one)),
  'another number of columns': (all) => all.map((one, clip) => (clip === 0 ? narrower(one) : one)),
  'huge values': (all) => all.map((one) => scaled(one, 1e30)),
  'tiny values': (all) => all.map((one) => scaled(one, 1e-30)),
};
const cases = Object.entries(spoils).map(([name, spoil]) => ({ name, spoil }));

describe.each(setMetrics.map((metric) => ({ id: metric.id, metric })))('$id', ({ metric }) => {
  const isTold =
    !isUnordered(metric) &&
    isKnownOutput(metric.need) &&
    (metric.targetNeed === undefined || isKnownOutput(metric.targetNeed));

  it.each(cases)('is defined or refused for $name', ({ spoil, name }) => {
    const [system, target] = sets(metric, 0.2);
    for (const [a, b] of [
      [spoil(system), spoil(target)],
      [spoil(system), target],
      [system, spoil(target)],
    ] as const) {
      const outcome = metric.compute(a, b);
      expectDefined(outcome, metric);
      const sees = a !== system || metric.against !== 'nothing';
      if ((name === 'a NaN' || name === 'an infinity') && sees) {
        expect(outcome.status).toBe('failed');
        expect(outcome.status === 'failed' && outcome.error.message).toMatch(/\d.*not finite|not finite.*\d/);
      }
    }
  });

  it('finds nothing between a set and itself that is worse than between two sets', () => {
    const [system] = sets(metric, 0.2);
    expectDefined(metric.compute(system, metric.against === 'nothing' ? [] : system), metric);
  });

  it('does not depend on the order of the clips, nor on earlier calls, and leaves its input alone', () => {
    const [system, target] = sets(metric, 0.2);
    const before = system.map(({ data }) => [...data]);
    const first = metric.compute(system, target);
    expect(metric.compute(system, target)).toEqual(first);
    expect(system.map(({ data }) => [...data])).toEqual(before);
    if (metric.orderMatters === true) return;
    const reversed = metric.compute([...system].reverse(), [...target].reverse());
    expect(reversed.status).toBe(first.status);
    if (first.status !== 'ok' || reversed.status !== 'ok') return;
    expect(Math.abs(reversed.value - first.value)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(first.value)));
  });

  if (metric.leaveOut !== undefined)
    it('leaves clips out as if they had never been there', () => {
      const [system, target] = sets(metric, 0.2);
      const groups = [[0], [7], [clipCount - 1], [2, 5, 11]];
      const fast = metric.leaveOut!({ system, target }, groups);
      if (fast.status !== 'ok') expect.fail(reasonOf(fast));
      groups.forEach((group, index) => {
        const kept = (all: FeatureMatrix[]): FeatureMatrix[] => all.filter((_, clip) => !group.includes(clip));
        const slow = metric.compute(kept(system), kept(target));
        if (slow.status !== 'ok') expect.fail(reasonOf(slow));
        expect(Math.abs(fast.value[index]! - slow.value)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(slow.value)));
      });
    });

  if (isTold && metric.direction !== 'neither')
    it('moves the right way for a better system', () => {
      // Alone, worse means that all clips sound alike.
      const alike = clips.map(() => sets(metric, 0)[0][0]!);
      const [good, target] = sets(metric, 0.05);
      const bad = metric.against === 'nothing' ? alike : sets(metric, 0.9)[0];
      const [better, worse] = [metric.compute(good, target), metric.compute(bad, target)];
      if (better.status !== 'ok' || worse.status !== 'ok') expect.fail('no values');
      expect(better.value > worse.value).toBe(metric.direction === 'higher');
    });
});

describe.each(clipMetrics.map((metric) => ({ id: metric.id, metric })))('$id', ({ metric }) => {
  it.each(cases)('is defined or refused for $name', ({ spoil, name }) => {
    const made = { clip: 3, noise: 0.2 };
    const audio = featuresFor(metric.need, made);
    const target = metric.level === 'paired' ? featuresFor(metric.targetNeed, made) : audio;
    const spoilt = (one: FeatureMatrix): FeatureMatrix => spoil([one])[0] ?? noRows(one);
    for (const [a, b] of [
      [spoilt(audio), spoilt(target)],
      [spoilt(audio), target],
      [audio, spoilt(target)],
    ] as const) {
      const outcome = metric.level === 'paired' ? metric.compare(a, b) : metric.measure(a);
      expectDefined(outcome, metric);
      const sees = a !== audio || metric.level === 'paired';
      if ((name === 'a NaN' || name === 'an infinity') && sees) expect(outcome.status).not.toBe('ok');
    }
  });

  it('gives the same number again, and leaves its input alone', () => {
    const audio = featuresFor(metric.need, { clip: 3, noise: 0.2 });
    const target = metric.level === 'paired' ? featuresFor(metric.targetNeed, { clip: 3, noise: 0 }) : audio;
    const before = [...audio.data];
    const value = (): Outcome<number> =>
      metric.level === 'paired' ? metric.compare(audio, target) : metric.measure(audio);
    expect(value()).toEqual(value());
    expect([...audio.data]).toEqual(before);
  });
});

/** Paired metrics of which the made-up features tell good from bad. */
const toldPairs = pairedMetrics.filter(
  (metric) =>
    !isUnordered(metric) &&
    metric.direction !== 'neither' &&
    isKnownOutput(metric.need) &&
    isKnownOutput(metric.targetNeed),
);

describe.each(toldPairs.map((metric) => ({ id: metric.id, metric })))('$id', ({ metric }) => {
  it('moves the right way for better music', () => {
    const better = metric.compare(...pair(metric, 0.05));
    const worse = metric.compare(...pair(metric, 0.9));
    if (better.status !== 'ok' || worse.status !== 'ok') expect.fail('no values');
    expect(better.value > worse.value).toBe(metric.direction === 'higher');
  });
});

describe('the inputs', () => {
  it('are of a form that the shipped metrics and those of imported networks can judge', () => {
    const judged = metrics.filter((metric) => {
      if (metric.level === 'set') return metric.compute(...sets(metric, 0.2)).status === 'ok';
      return metric.level === 'paired' && metric.compare(...pair(metric, 0.05)).status === 'ok';
    });
    const known = [...shippedMetrics, ...importedMetrics].filter(({ need }) => isKnownOutput(need));
    expect(judged.map(({ id }) => id)).toEqual(expect.arrayContaining(known.map(({ id }) => id)));
    expect(judged.length).toBeGreaterThanOrEqual(16);
  });
});
