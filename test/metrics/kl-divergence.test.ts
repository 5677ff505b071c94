import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../src/linalg/matrix.js';
import { klDivergence, logDistribution } from '../../src/metrics/kl-divergence.js';
import { type GoldenFile, type MatrixRecipe, matrixOf, readGolden } from '../helpers/metric-recipe.js';

interface KlCase {
  readonly id: string;
  readonly metric: string;
  readonly outcome: string;
  readonly gt_logits: MatrixRecipe;
  readonly gen_logits: MatrixRecipe;
  readonly expected: Readonly<Record<`kl_${'gt_gen' | 'gen_gt'}_eps${'0' | '1e6'}`, number>>;
}

interface KlFile extends GoldenFile<KlCase> {
  readonly published_examples: readonly {
    readonly P: readonly number[];
    readonly Q: readonly number[];
    readonly kl_P_Q_exact: number;
    readonly kl_eps1e6_f64: number;
  }[];
}

const golden = readGolden<KlCase>('klis') as KlFile;
// The inception score cases of the file belong to another metric; refusals are those of the set, tested with the metrics.
const cases = golden.cases.filter(({ metric, outcome }) => metric === 'kl' && outcome === 'value');

describe('klDivergence against golden values', () => {
  it.each(cases)('$id', ({ gt_logits, gen_logits, expected }) => {
    const truth = logSoftmaxRows(matrixOf(gt_logits));
    const generated = logSoftmaxRows(matrixOf(gen_logits));
    expectRatio(meanKl(truth, generated), expected.kl_gt_gen_eps0);
    expectRatio(meanKl(generated, truth), expected.kl_gen_gt_eps0);
    expectRatio(meanKl(truth, generated.map(withEpsilon)), expected.kl_gt_gen_eps1e6);
    expectRatio(meanKl(generated, truth.map(withEpsilon)), expected.kl_gen_gt_eps1e6);
  });

  it.each(golden.published_examples)('the published example $P', ({ P, Q, kl_P_Q_exact, kl_eps1e6_f64 }) => {
    const [logP, logQ] = [P, Q].map((p) => Float64Array.from(p, Math.log)) as [Float64Array, Float64Array];
    expectRatio(klDivergence(logP, logQ), kl_P_Q_exact);
    expectRatio(klDivergence(logP, withEpsilon(logQ)), kl_eps1e6_f64);
  });
});

describe('klDivergence', () => {
  it('adds nothing for classes that the truth never has', () => {
    const truth = Float64Array.from([0, Number.NEGATIVE_INFINITY]);
    expect(klDivergence(truth, Float64Array.from([Math.log(0.5), Math.log(0.5)]))).toBeCloseTo(Math.LN2, 14);
  });

  it('refuses unequal numbers of classes', () => {
    expect(() => klDivergence(new Float64Array(2), new Float64Array(3))).toThrow('2 against 3');
  });
});

describe('logDistribution', () => {
  it('sums to 1 and gives an inactive tag a small share', () => {
    const probabilities = logDistribution(Float64Array.from([0.5, 0.25, 0]), 1e-6).map(Math.exp);
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 14);
    expect(probabilities[2]).toBeCloseTo(1e-6 / 0.75, 9);
    expect(probabilities[0]! / probabilities[1]!).toBeCloseTo(2, 4);
  });
});

function logSoftmaxRows({ rows, columns, data }: Matrix): Float64Array[] {
  return Array.from({ length: rows }, (_, row) => {
    const logits = data.subarray(row * columns, (row + 1) * columns);
    const largest = Math.max(...logits);
    const logSum = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
    return logits.map((logit) => logit - largest - logSum);
  });
}

/** As the published tools have it: inside the log only, not normalised again. */
function withEpsilon(logQ: Float64Array): Float64Array {
  return logQ.map((value) => Math.log(Math.exp(value) + 1e-6));
}

function meanKl(truth: readonly Float64Array[], generated: readonly Float64Array[]): number {
  const values = truth.map((logP, index) => klDivergence(logP, generated[index]!));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** rtol 1e-10, atol 1e-12. */
function expectRatio(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-10 * Math.abs(expected) + 1e-12);
}
