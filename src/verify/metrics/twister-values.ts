import { z } from 'zod';
import { type MersenneTwister, mersenneTwister } from '../../core/mersenne-twister.js';
import { compareLists, exact } from './comparison.js';
import type { Comparison } from './family-runner.js';
import { invalidFixture } from './metric-fixture.js';

const list = z.union([
  z.number().transform((value) => [value]),
  z.array(z.number()),
  z.array(z.array(z.number())).transform((lists) => lists.flat()),
]);

/** What NumPy drew from one seed. */
export interface TwisterValues {
  readonly seed: number;
  /** Numbers under names that say how they were drawn. */
  readonly lists: Readonly<Record<string, readonly number[]>>;
}

export const twisterSchema: z.ZodType<TwisterValues> = z
  .object({ seed: z.int().nonnegative() })
  .catchall(list)
  .transform(({ seed, ...lists }) => ({ seed, lists: lists as Record<string, number[]> }));

/** How a list was drawn from a new generator, by its name: the numbers in it are counts and bounds. */
const draws: readonly (readonly [RegExp, (twister: MersenneTwister, ...counts: number[]) => number[]])[] = [
  [/^permutation_(\d+)$/, (twister, count) => twister.permutation(count!)],
  [/^permutation_(\d+)_first(\d+)$/, (twister, count, first) => twister.permutation(count!).slice(0, first)],
  [/^permutation_(\d+)_checksum$/, (twister, count) => [checksum(twister.permutation(count!))]],
  [
    /^choice_(\d+)_of_(\d+)_no_replacement_twice$/,
    (twister, count, bound) => [...twister.sample(bound!, count!), ...twister.sample(bound!, count!)],
  ],
  [
    /^choice_(\d+)_of_(\d+)_with_replacement$/,
    (twister, count, bound) => Array.from({ length: count! }, () => twister.integer(bound!)),
  ],
  [/^shuffle_of_arange(\d+)$/, (twister, count) => twister.permutation(count!)],
];

/** All lists of a seed beside the project's own, bit for bit. */
export function twisterComparisons({ seed, lists }: TwisterValues): Comparison[] {
  return Object.entries(lists).flatMap(([name, values]) =>
    compareLists(drawn(name, { seed, count: values.length }), values, { field: name, tolerance: exact }),
  );
}

function drawn(name: string, { seed, count }: { readonly seed: number; readonly count: number }): number[] {
  const twister = mersenneTwister(seed);
  if (name === 'raw_uint32') return Array.from({ length: count }, twister.uint32);
  if (name === 'random_sample') return Array.from({ length: count }, twister.uniform);
  for (const [pattern, draw] of draws) {
    const match = pattern.exec(name);
    if (match !== null) return draw(twister, ...match.slice(1).map(Number));
  }
  throw invalidFixture({ file: 'mt19937', field: name, problem: 'it is not known how these numbers were drawn' });
}

/** Σ place x value, which tells orders apart. */
function checksum(order: readonly number[]): number {
  return order.reduce((sum, value, place) => sum + place * value, 0);
}
