import type { FeatureMatrix } from '../../src/core/features.js';
import { type Rng, seededRng, shuffle } from '../../src/core/rng.js';
import type { SetFeatures } from '../../src/metrics/metric.js';
import { deletionGroups } from '../../src/scoring/deletion-groups.js';
import { resampleDraws } from '../../src/scoring/resample-draws.js';
import { setDifference } from '../../src/scoring/set-difference.js';
import { setInterval } from '../../src/scoring/set-interval.js';
import type { SetValues } from '../../src/scoring/set-values.js';
import { jackknifeT } from '../../src/stats/jackknife.js';
import { mean } from '../../src/stats/mean.js';
import type { Interval } from '../../src/stats/percentile-interval.js';
import { percentileInterval } from '../../src/stats/percentile-interval.js';
import type { Draw, Family } from './set-families.js';

/** `used` is the one of the tables; `jackknife` is the jackknife's alone, not joined with Wilson's and of medians too. */
const methods = ['used', 'jackknife', 'basic', 'subsample', 'percentile'] as const;
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
  /** Value on infinitely many clips, and how many of the intervals in use hold it. */
  readonly limit?: { readonly value: number; readonly covered: number };
  /** Of intervals that hold `expected`. */
  readonly covered: Readonly<Partial<Record<Method, number>>>;
  /** Mean width as a multiple of 2 * 1.96 standard deviations of the value. */
  readonly width: Readonly<Partial<Record<Method, number>>>;
  /** Of pairs of equal systems that the comparison tells apart at 5 %. */
  readonly falsePositives: number;
}

const resamples = 100;
/** Part of the repetitions on which the resampling methods, which cost more, are measured. */
const resampledShare = 0.2;

/** One line a value of the family. */
export function measureSetCoverage(
  family: Family,
  { clips, repetitions }: { readonly clips: number; readonly repetitions: number },
): SetCoverage[] {
  const resampledRepetitions = Math.ceil(repetitions * resampledShare);
  const runs = Array.from({ length: repetitions }, (_, time) => {
    const rng = seededRng('set-coverage', family.names[0] as string, clips, time);
    return runOf(family, { draw: family.draw(rng, clips), rng, isResampled: time < resampledRepetitions });
  });
  return family.names.map((name, index) => ({
    family: name,
    clips,
    repetitions,
    resampledRepetitions,
    ...summaryOf(
      runs.map((values) => values[index] as ValueRun),
      family.limit,
    ),
  }));
}

type Intervals = Partial<Record<Method, Interval>> & { readonly used: Interval };

interface ValueRun {
  readonly value: number;
  readonly intervals: Intervals;
  readonly found: boolean;
}

type Summary = Omit<SetCoverage, 'family' | 'clips' | 'repetitions' | 'resampledRepetitions'>;

function summaryOf(runs: readonly ValueRun[], limit: number | undefined): Summary {
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
  const share = (flags: readonly boolean[]): number => flags.filter(Boolean).length / flags.length;
  const ofLimit = (value: number): NonNullable<Summary['limit']> => ({
    value,
    covered: share(runs.map(({ intervals }) => holds(intervals.used, value))),
  });
  return {
    expected,
    ...(limit === undefined ? {} : { limit: ofLimit(limit) }),
    covered: each((interval) => (holds(interval, expected) ? 1 : 0)),
    // Without spread (a recall that is always 1) there is nothing to hold a width against.
    width: spread > 0 ? each(({ lower, upper }) => (upper - lower) / (2 * 1.96 * spread)) : {},
    falsePositives: share(runs.map(({ found }) => found)),
  };
}

function holds({ lower, upper }: Interval, value: number): boolean {
  // A flat interval at the expected value differs from it by rounding.
  const rounding = 1e-12 * Math.abs(value);
  return lower - rounding <= value && value <= upper + rounding;
}

interface RunInput {
  readonly draw: Draw;
  readonly rng: Rng;
  readonly isResampled: boolean;
}

function runOf(family: Family, input: RunInput): ValueRun[] {
  const { references, systems } = input.draw;
  const [ofA, ofB] = systems.map((system) => jackknivesOf(family, { system, target: references })) as [
    SetValues[],
    SetValues[],
  ];
  const [usedOfA, usedOfB] = [ofA, ofB].map((values, index) =>
    usedOf(family, { values, sets: { system: systems[index] as Draw['systems'][0], target: references } }),
  ) as [SetValues[], SetValues[]];
  const others = input.isResampled
    ? resampledIntervals(family, { ...input, values: ofA.map(({ value }) => value) })
    : [];
  return ofA.map((a, index) => {
    const used = usedOfA[index] as SetValues;
    const difference = setDifference(used, usedOfB[index] as SetValues);
    return {
      value: a.value,
      intervals: {
        used: setInterval(used, { range: family.ranges?.[index] ?? 'any' }).estimate,
        jackknife: jackknifeT({ value: a.value, leaveOneOut: a.replicates, level: 0.95 }),
        ...others[index],
      },
      found: difference.status === 'ok' && difference.value.pValue < 0.05,
    };
  });
}

function jackknivesOf(family: Family, sets: SetFeatures): SetValues[] {
  const groups = deletionGroups(sets.system.length);
  const kept = (set: readonly FeatureMatrix[], group: readonly number[]): FeatureMatrix[] =>
    set.filter((_, index) => !group.includes(index));
  const left =
    family.leaveOut?.(sets, groups) ??
    groups.map((group) => family.compute({ system: kept(sets.system, group), target: kept(sets.target, group) }));
  return family.compute(sets).map((value, index) => ({
    value,
    replicates: left.map((values) => values[index] as number),
    method: 'jackknife-t',
    clipCount: sets.system.length,
  }));
}

/** Resamples in place of the jackknife for the values that have them. */
function usedOf(
  family: Family,
  { values, sets }: { readonly values: readonly SetValues[]; readonly sets: SetFeatures },
): SetValues[] {
  const resampled = family.resampled?.(sets, resampleDraws(sets.system.length)) ?? [];
  return values.map((jackknife, index) => {
    const replicates = resampled[index];
    return replicates === undefined ? jackknife : { ...jackknife, replicates, method: 'bootstrap-percentile' };
  });
}

function resampledIntervals(
  family: Family,
  { draw, rng, values }: RunInput & { readonly values: readonly number[] },
): Partial<Record<Method, Interval>>[] {
  const count = draw.references.length;
  const valuesAt = (indices: readonly number[]): readonly number[] => {
    const pick = (set: readonly FeatureMatrix[]): FeatureMatrix[] =>
      indices.map((index) => set[index] as FeatureMatrix);
    return family.compute({ system: pick(draw.systems[0]), target: pick(draw.references) });
  };
  const times = [...Array(resamples).keys()];
  const drawn = times.map(() => valuesAt(Array.from({ length: count }, () => rng.integer(count))));
  const half = Math.ceil(count / 2);
  // Neighbours, ranks and covariances need some clips.
  const halves = half < 6 ? [] : times.map(() => valuesAt(shuffle([...Array(count).keys()], rng).slice(0, half)));
  return values.map((value, index) => {
    const of = (all: readonly (readonly number[])[]): number[] => all.map((one) => one[index] as number);
    const scale = Math.sqrt(half / (count - half));
    return {
      ...withReplacement(value, of(drawn)),
      ...(halves.length > 0 ? { subsample: subsampleInterval(value, { halves: of(halves), scale }) } : {}),
    };
  });
}

function withReplacement(value: number, drawn: readonly number[]): Partial<Record<Method, Interval>> {
  const percentile = percentileInterval(drawn, 0.95);
  return { percentile, basic: { lower: 2 * value - percentile.upper, upper: 2 * value - percentile.lower } };
}

/** Halves drawn without replacement, around their own mean: the bias at half the clips is no part of the noise. */
function subsampleInterval(
  value: number,
  { halves, scale }: { readonly halves: readonly number[]; readonly scale: number },
): Interval {
  const centre = mean(halves);
  const offsets = percentileInterval(
    halves.map((half) => scale * (half - centre)),
    0.95,
  );
  return { lower: value - offsets.upper, upper: value - offsets.lower };
}
