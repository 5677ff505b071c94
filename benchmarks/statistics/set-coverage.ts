import type { FeatureMatrix } from '../../src/core/features.js';
import { type Rng, seededRng, shuffle } from '../../src/core/rng.js';
import type { SetMetric } from '../../src/metrics/metric.js';
import { deletionGroups } from '../../src/scoring/deletion-groups.js';
import { jackknifeDifference } from '../../src/scoring/jackknife-difference.js';
import type { SetValues } from '../../src/scoring/set-values.js';
import { jackknifeT } from '../../src/stats/jackknife.js';
import { mean } from '../../src/stats/mean.js';
import type { Interval } from '../../src/stats/percentile-interval.js';
import { percentileInterval } from '../../src/stats/percentile-interval.js';
import type { Draw, Family } from './set-families.js';

const methods = ['jackknife', 'basic', 'subsample', 'percentile'] as const;
type Method = (typeof methods)[number];

/** One line of the table: shares of repetitions. */
export interface SetCoverage {
  readonly family: string;
  readonly clips: number;
  readonly repetitions: number;
  /** Of the three resampling methods, which cost more. */
  readonly resampledRepetitions: number;
  /** The target of coverage: the mean value at this number of clips. */
  readonly expected: number;
  /** Value on infinitely many clips, and how many jackknife intervals hold it. */
  readonly limit?: { readonly value: number; readonly covered: number };
  /** Of intervals that hold `expected`. */
  readonly covered: Readonly<Partial<Record<Method, number>>>;
  /** Mean width as a multiple of 2 * 1.96 standard deviations of the value. */
  readonly width: Readonly<Partial<Record<Method, number>>>;
  /** Of pairs of equal systems that the jackknife's test tells apart at 5 %. */
  readonly falsePositives: number;
}

const resamples = 100;

export function measureSetCoverage(family: Family, clips: number, repetitions: number): SetCoverage {
  const resampledRepetitions = Math.ceil(repetitions * 0.4);
  const runs = Array.from({ length: repetitions }, (_, time) => {
    const rng = seededRng('set-coverage', family.name, clips, time);
    return oneRun(family.metric, { draw: family.draw(rng, clips), rng, resampled: time < resampledRepetitions });
  });
  const values = runs.map(({ value }) => value);
  const expected = mean(values);
  const spread = Math.sqrt(mean(values.map((value) => (value - expected) ** 2)));
  const each = (measure: (interval: Interval) => number): Partial<Record<Method, number>> =>
    Object.fromEntries(
      methods.flatMap((method) => {
        const measured = runs.flatMap(({ intervals }) => intervals[method] ?? []).map(measure);
        return measured.length > 0 ? [[method, mean(measured)]] : [];
      }),
    );
  const { limit = Number.NaN } = family;
  const limitCovered = mean(runs.map(({ intervals: { jackknife } }) => (holds(jackknife, limit) ? 1 : 0)));
  return {
    family: family.name,
    clips,
    repetitions,
    resampledRepetitions,
    expected,
    ...(family.limit === undefined ? {} : { limit: { value: family.limit, covered: limitCovered } }),
    covered: each((interval) => (holds(interval, expected) ? 1 : 0)),
    width: each(({ lower, upper }) => (upper - lower) / (2 * 1.96 * spread)),
    falsePositives: mean(runs.map(({ found }) => (found ? 1 : 0))),
  };
}

function holds({ lower, upper }: Interval, value: number): boolean {
  return lower <= value && value <= upper;
}

interface Run {
  readonly value: number;
  readonly intervals: Partial<Record<Method, Interval>> & { readonly jackknife: Interval };
  readonly found: boolean;
}

type Computing = Pick<SetMetric, 'compute' | 'leaveOut'>;

function oneRun(metric: Computing, input: { draw: Draw; rng: Rng; resampled: boolean }): Run {
  const { references, systems } = input.draw;
  const [a, b] = systems.map((system) => jackknifeOf(metric, system, references)) as [SetValues, SetValues];
  const difference = jackknifeDifference(a, b);
  const found = difference.status === 'ok' && difference.value.pValue < 0.05;
  const jackknife = jackknifeT({ ...a, level: 0.95 });
  const others = input.resampled ? resampledIntervals(metric, { ...input, value: a.value }) : {};
  return { value: a.value, intervals: { jackknife, ...others }, found };
}

function jackknifeOf(metric: Computing, system: readonly FeatureMatrix[], target: readonly FeatureMatrix[]): SetValues {
  const groups = deletionGroups(system.length);
  const left = metric.leaveOut?.({ system, target }, groups);
  const kept = (group: readonly number[], set: readonly FeatureMatrix[]): FeatureMatrix[] =>
    set.filter((_, index) => !group.includes(index));
  const leaveOneOut =
    left === undefined
      ? groups.map((group) => metricValue(metric, kept(group, system), kept(group, target)))
      : left.status === 'ok'
        ? left.value
        : fail(left.status);
  return { value: metricValue(metric, system, target), leaveOneOut, method: 'jackknife-t' };
}

function resampledIntervals(
  metric: Computing,
  { draw, rng, value }: { draw: Draw; rng: Rng; value: number },
): Partial<Record<Method, Interval>> {
  const count = draw.references.length;
  const valueAt = (indices: readonly number[]): number => {
    const pick = (set: readonly FeatureMatrix[]): FeatureMatrix[] =>
      indices.map((index) => set[index] as FeatureMatrix);
    return metricValue(metric, pick(draw.systems[0]), pick(draw.references));
  };
  const times = [...Array(resamples).keys()];
  const percentile = percentileInterval(
    times.map(() => valueAt(Array.from({ length: count }, () => rng.integer(count)))),
    0.95,
  );
  const basic = { lower: 2 * value - percentile.upper, upper: 2 * value - percentile.lower };
  const half = Math.ceil(count / 2);
  // Neighbours, rank and covariances need some clips.
  if (half < 6) return { percentile, basic };
  const halves = times.map(() => valueAt(shuffle([...Array(count).keys()], rng).slice(0, half)));
  const scale = Math.sqrt(half / (count - half));
  const { lower, upper } = percentileInterval(
    halves.map((one) => scale * (one - mean(halves))),
    0.95,
  );
  return { percentile, basic, subsample: { lower: value - upper, upper: value - lower } };
}

function metricValue(metric: Computing, system: readonly FeatureMatrix[], target: readonly FeatureMatrix[]): number {
  const outcome = metric.compute(system, target);
  return outcome.status === 'ok' ? outcome.value : fail(outcome.status);
}

function fail(status: string): never {
  throw new Error(`no value: ${status}`);
}
