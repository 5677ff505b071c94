import { describe, expect, it } from 'vitest';
import { statusOf } from '../../../src/verify/case-line.js';
import { indicesOf, type MatrixRecipe, matrixOf } from '../../../src/verify/metrics/metric-recipe.js';
import { verifyFamily } from '../../helpers/metric-family.js';
import {
  naiveFrechet,
  naiveInception,
  naiveKernelDistance,
  naiveKernels,
  naiveKl,
  naiveLowerMedian,
  naiveNeighbourhoods,
  naivePairwise,
  naiveVendiOfOrder2,
  rowsOf,
} from '../../helpers/naive-set-metrics.js';

/** Inputs that no golden file has, with values by definition: what passes there must not be tuned to the golden files. */
const variations = [
  { seed: 901, rows: 33, others: 27, columns: 5, scale: 1 },
  { seed: 77_001, rows: 58, others: 71, columns: 9, scale: 3.5 },
  { seed: 4_000_000_007, rows: 24, others: 24, columns: 3, scale: 0.02 },
];

interface Inputs {
  readonly x: MatrixRecipe;
  readonly y: MatrixRecipe;
}

function inputsOf({ seed, rows, others, columns, scale }: (typeof variations)[number]): Inputs {
  const shared = { kind: 'matrix', d: columns, decay: true } as const;
  return {
    x: { ...shared, seed, N: rows, rho: 0.4, gain: scale, shift: 0 },
    y: { ...shared, seed: seed + 1, N: others, rho: 0.1, gain: 1.3 * scale, shift: 0.4 * scale },
  };
}

const valued = { outcome: 'value', expected_from: 'expected' } as const;

async function expectPassed(family: string, cases: readonly object[]): Promise<void> {
  const lines = await verifyFamily({ family, cases });
  expect(lines.filter((line) => statusOf(line) !== 'passed')).toEqual([]);
  expect(lines.length).toBeGreaterThanOrEqual(cases.length);
}

describe.each(variations)('inputs of seed $seed', (variation) => {
  const { x, y } = inputsOf(variation);
  const [real, fake] = [rowsOf(matrixOf(x)), rowsOf(matrixOf(y))];

  it('Fréchet distance', async () => {
    // The root by iteration is good to about 1e-8.
    const tol = { rel: 1e-7 };
    await expectPassed('frechet', [
      { id: 'fd', metric: 'frechet', X: x, Y: y, expected: naiveFrechet(real, fake), tol, ...valued },
      { id: 'self', metric: 'frechet', X: y, Y: y, expected: { ...naiveFrechet(fake, fake), fd: 0 }, tol, ...valued },
    ]);
  });

  it('Fréchet distance extrapolated and resampled', async () => {
    const steps = 6;
    const ns = Array.from({ length: steps }, (_, step) => Math.trunc(20 + (step * (y.N - 20)) / (steps - 1)));
    const draws = (seed: number, count: number): number[][] =>
      indicesOf(seed, { count, bound: y.N }).map((index) => fake[index]!);
    const points = ns.map((n, step) => naiveFrechet(real, draws(variation.seed + step, n)).fd);
    const line = { ...fitted(ns, points), points };
    await expectPassed('frechet', [
      {
        ...{ id: 'inf', metric: 'fad-inf', baseline: x, eval: y, min_n: 20, steps, ns },
        ...{ indices: { seed_of_step_k: variation.seed }, points_expected: points, ref_value: line },
        tol: { points_rel: 1e-6, score_rel: 1e-4, slope_rel: 1e-4, r2_abs: 1e-4 },
        ...valued,
      },
    ]);
  });

  it('kernel distance', async () => {
    const [eval_, reference] = [naiveLowerMedian(fake), naiveLowerMedian(real)];
    const given = Math.fround(eval_);
    const expected = Object.fromEntries(
      (Object.keys(naiveKernels) as (keyof typeof naiveKernels)[]).map((kernel) => {
        const at = (bandwidth: number): number => naiveKernelDistance(real, fake, { kernel, bandwidth });
        const named = {
          bw_eval_lower: at(eval_),
          bw_ref_lower: at(reference),
          bw_eval_kadtk_f32_value: at(given),
          bw_1: at(1),
        };
        return [kernel, named];
      }),
    );
    const refs = Object.fromEntries(
      Object.entries(expected).map(([kernel, { bw_eval_kadtk_f32_value: value, bw_1 }]) => [
        kernel,
        { kadtk_f64_bw_eval: value, kadtk_f64_bw_1: bw_1 },
      ]),
    );
    const bandwidth = {
      reference_X: { lower_median: reference },
      evaluation_Y: { lower_median: eval_, kadtk_f32: given },
    };
    const only = (
      await verifyFamily({
        family: 'kad',
        cases: [
          {
            id: 'kad',
            metric: 'kad',
            X: x,
            Y: y,
            expected,
            bandwidth,
            refs,
            tol: { rel: 1e-9, abs: 1e-10 },
            ...valued,
          },
        ],
      })
    ).filter(({ name }) => name === 'kad/kad');
    expect(only.map(statusOf)).toEqual(['passed']);
  });

  it.each([1, 4])('precision, recall, density and coverage with k = %i', async (k) => {
    const strict = naiveNeighbourhoods(real, fake, { k, inside: (distance, radius) => distance < radius });
    const withEdge = naiveNeighbourhoods(real, fake, { k, inside: (distance, radius) => distance <= radius });
    await expectPassed('prdc', [
      { id: 'prdc', metric: 'prdc', real: x, fake: y, k, expected_strict: strict, expected_le: withEdge, ...valued },
    ]);
  });

  it('diversity', async () => {
    const expected = { vendi: { 2: naiveVendiOfOrder2(fake) }, ...naivePairwise(fake) };
    await expectPassed('diversity', [{ id: 'div', metric: 'vendi+pairwise', X: y, expected, ...valued }]);
  });

  it('KL divergences and inception scores', async () => {
    const paired: MatrixRecipe = { ...y, N: x.N };
    const generated = rowsOf(matrixOf(paired));
    const logits = { gt_logits: x, gen_logits: paired };
    const inception = { metric: 'inception-score', logits: x, shuffle: false, seed: variation.seed };
    const lines = await verifyFamily({
      family: 'klis',
      cases: [
        {
          id: 'kl',
          metric: 'kl',
          ...logits,
          expected: naiveKl(real, generated),
          tol: { rel: 1e-9, abs: 1e-13 },
          ...valued,
        },
        { id: 'is', ...inception, splits: 4, expected: naiveInception(real, 4), ...valued },
        {
          id: 'is-1',
          ...inception,
          splits: 1,
          expected: naiveInception(real, 1),
          tol: { rel: 1e-10, abs: 1e-13 },
          ...valued,
        },
        { id: 'is-many', ...inception, splits: x.N + 1, outcome: 'refuse' },
      ],
    });
    const own = lines.filter(({ name }) => !name.endsWith('.tools'));
    expect(own.filter((line) => statusOf(line) !== 'passed')).toEqual([]);
    expect(own).toHaveLength(4);
  });
});

/** Least squares by the normal equations. */
function fitted(ns: readonly number[], values: readonly number[]): { score: number; slope: number; r2: number } {
  const xs = ns.map((n) => 1 / n);
  const total = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0);
  const [sx, sy, n] = [total(xs), total(values), ns.length];
  const slope = (n * total(xs.map((v, i) => v * values[i]!)) - sx * sy) / (n * total(xs.map((v) => v * v)) - sx * sx);
  const score = (sy - slope * sx) / n;
  const left = total(values.map((v, i) => (v - score - slope * xs[i]!) ** 2));
  return { score, slope, r2: 1 - left / total(values.map((v) => (v - sy / n) ** 2)) };
}
