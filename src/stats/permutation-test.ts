import { type Outcome, ok, skipped } from '../core/outcome.js';
import type { Rng } from '../core/rng.js';
import { mean } from './mean.js';
import { nonFiniteSample } from './sample-check.js';

export interface PermutationTest {
  /** The mean of the differences, or the difference of the means. */
  readonly statistic: number;
  /** Twice the smaller tail, at most 1. */
  readonly twoSided: number;
  readonly greater: number;
  readonly less: number;
  /** Whether every arrangement was looked at; else a random sample of them. */
  readonly isExact: boolean;
}

export interface PermutationOptions {
  /** Used where there are more than 2^17 arrangements, and required there. */
  readonly sampling?: { readonly resamples: number; readonly rng: Rng };
}

/** More arrangements than this are sampled. */
const mostArrangements = 2 ** 17;

/**
 * Permutation test of "each difference is as likely positive as negative", on their mean (Fisher 1935, The Design of
 * Experiments, ch. 3). Exact over all 2^n signs up to 17 differences; beyond, (b + 1) / (B + 1) over random signs
 * (Phipson & Smyth 2010). Not defined without differences.
 */
export function signFlipTest(
  differences: readonly number[],
  options: PermutationOptions = {},
): Outcome<PermutationTest> {
  const refusal = nonFiniteSample(differences, 'difference');
  if (refusal !== undefined) return refusal;
  const count = differences.length;
  if (count === 0) return skipped('no differences: there are no signs to flip');
  const statistic = mean(differences);
  const flipped = (isFlipped: (index: number) => boolean): number =>
    differences.reduce((sum, difference, index) => sum + (isFlipped(index) ? -difference : difference), 0) / count;
  const tolerance = roundingOf(differences);
  if (2 ** count <= mostArrangements) {
    const values = Array.from({ length: 2 ** count }, (_, signs) => flipped((index) => ((signs >> index) & 1) === 1));
    return ok(compare(values, { statistic, tolerance, isExact: true }));
  }
  if (options.sampling === undefined) return tooMany(`2^${count}`);
  const { resamples, rng } = options.sampling;
  const values = Array.from({ length: resamples }, () => flipped(() => rng.next() < 0.5));
  return ok(compare(values, { statistic, tolerance, isExact: false }));
}

/**
 * Permutation test of "both samples are from the same source", on the difference of their means x - y (Pitman 1937). Exact
 * over all ways to split the pooled values up to 2^17 of them; beyond, over random splits. Not defined for an empty sample.
 */
export function twoSamplePermutationTest(
  samples: { readonly x: readonly number[]; readonly y: readonly number[] },
  options: PermutationOptions = {},
): Outcome<PermutationTest> {
  const { x, y } = samples;
  const refusal = nonFiniteSample(x, 'x') ?? nonFiniteSample(y, 'y');
  if (refusal !== undefined) return refusal;
  if (x.length === 0 || y.length === 0) return skipped('a sample is empty: there is nothing to exchange');
  const pooled = [...x, ...y];
  const total = pooled.reduce((sum, value) => sum + value, 0);
  const difference = (chosenSum: number): number => chosenSum / x.length - (total - chosenSum) / y.length;
  const statistic = difference(x.reduce((sum, value) => sum + value, 0));
  const tolerance = roundingOf(pooled);
  const splits = splitCount(pooled.length, x.length);
  if (splits <= mostArrangements) {
    const values = [...subsetSums(pooled, x.length)].map(difference);
    return ok(compare(values, { statistic, tolerance, isExact: true }));
  }
  if (options.sampling === undefined) return tooMany(`${splits}`);
  const { resamples, rng } = options.sampling;
  const values = Array.from({ length: resamples }, () => difference(randomSubsetSum(pooled, { size: x.length, rng })));
  return ok(compare(values, { statistic, tolerance, isExact: false }));
}

function tooMany(arrangements: string): Outcome<never> {
  return skipped(`${arrangements} arrangements are too many to look at: random ones need a source of random numbers`);
}

/** Sums of the same numbers in another order must count as equal. */
function roundingOf(values: readonly number[]): number {
  return 1e-13 * Math.max(...values.map(Math.abs));
}

function compare(
  values: readonly number[],
  { statistic, tolerance, isExact }: { statistic: number; tolerance: number; isExact: boolean },
): PermutationTest {
  // A sample of arrangements holds the observed one too, so that no p-value is 0.
  const observed = isExact ? 0 : 1;
  const share = (hits: number): number => (hits + observed) / (values.length + observed);
  const greater = share(values.filter((value) => value >= statistic - tolerance).length);
  const less = share(values.filter((value) => value <= statistic + tolerance).length);
  return { statistic, twoSided: Math.min(1, 2 * Math.min(greater, less)), greater, less, isExact };
}

function splitCount(total: number, size: number): number {
  let count = 1;
  for (let step = 1; step <= size; step++) count = (count * (total - size + step)) / step;
  return Math.round(count);
}

/** The sum of each way to choose `size` of the values. */
function* subsetSums(values: readonly number[], size: number, from = 0): Generator<number> {
  if (size === 0) {
    yield 0;
    return;
  }
  for (let index = from; index <= values.length - size; index++) {
    for (const rest of subsetSums(values, size - 1, index + 1)) yield values[index]! + rest;
  }
}

function randomSubsetSum(values: readonly number[], { size, rng }: { size: number; rng: Rng }): number {
  const left = [...values];
  let sum = 0;
  for (let drawn = 0; drawn < size; drawn++) {
    const pick = drawn + rng.integer(left.length - drawn);
    [left[drawn], left[pick]] = [left[pick]!, left[drawn]!];
    sum += left[drawn]!;
  }
  return sum;
}
