import { describe, expect, it } from 'vitest';
import { type KlForm, klOfLogits } from '../../src/metrics/kl-of-logits.js';
import { logSigmoid, logSoftmax, withEpsilon } from '../../src/metrics/log-probabilities.js';
import { matrixFrom, normalMatrix } from '../helpers/metric-recipe.js';

const first = normalMatrix({ rows: 12, columns: 7, seed: 1 });
const second = normalMatrix({ rows: 12, columns: 7, seed: 2 });

function meanOf(...args: Parameters<typeof klOfLogits>): number {
  const outcome = klOfLogits(...args);
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value.mean;
}

describe('klOfLogits', () => {
  it.each<KlForm>(['softmax', 'sigmoid', 'bernoulli', 'jensen-shannon'])('%s is 0 for a set and itself', (form) => {
    expect(meanOf(first, first, { form })).toBeCloseTo(0, 14);
  });

  it('has a direction, but for Jensen-Shannon, which stays below ln 2', () => {
    expect(meanOf(first, second, { form: 'softmax' })).not.toBeCloseTo(meanOf(second, first, { form: 'softmax' }), 3);
    const both = meanOf(first, second, { form: 'jensen-shannon' });
    expect(both).toBeCloseTo(meanOf(second, first, { form: 'jensen-shannon' }), 14);
    expect(both).toBeGreaterThan(0);
    expect(both).toBeLessThan(Math.LN2);
  });

  it('is above 0 with all terms and can be negative without those of 1 - σ', () => {
    const likely = matrixFrom([[3, 3]]);
    const less = matrixFrom([[-1, -1]]);
    expect(meanOf(less, likely, { form: 'sigmoid' })).toBeLessThan(0);
    expect(meanOf(less, likely, { form: 'bernoulli' })).toBeGreaterThan(0);
  });

  it('does not see a constant added to an item, but for the sigmoid forms', () => {
    const shifted = { ...second, data: second.data.map((value) => value + 40) };
    const softmax = meanOf(first, second, { form: 'softmax' });
    expect(meanOf(first, shifted, { form: 'softmax' })).toBeCloseTo(softmax, 12);
    expect(meanOf(first, shifted, { form: 'bernoulli' })).not.toBeCloseTo(
      meanOf(first, second, { form: 'bernoulli' }),
      1,
    );
  });

  it('is capped by an epsilon and finite without one', () => {
    const [a, b] = [matrixFrom([[800, 0]]), matrixFrom([[0, 800]])];
    expect(meanOf(a, b, { form: 'softmax' })).toBe(800);
    expect(meanOf(a, b, { form: 'softmax', epsilon: 1e-6 })).toBeCloseTo(-Math.log(1e-6), 9);
  });

  it('refuses unpaired, empty and other sets', () => {
    expect(klOfLogits(first, { ...second, rows: 11 }, { form: 'softmax' })).toMatchObject({
      error: { code: 'unpaired' },
    });
    expect(klOfLogits(first, { ...second, columns: 6 }, { form: 'softmax' })).toMatchObject({
      error: { code: 'dimensions-differ' },
    });
    const empty = { rows: 0, columns: 7, data: new Float64Array(0) };
    expect(klOfLogits(empty, empty, { form: 'softmax' }).status).toBe('skipped');
  });
});

describe('log probabilities', () => {
  it('sum to 1 and stay finite', () => {
    const logs = logSoftmax(Float64Array.from([1000, 999, -1000]));
    expect(logs.reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 14);
    expect(logs[2]).toBeCloseTo(-2000.313, 2);
    expect(logSigmoid(-1000)).toBe(-1000);
    expect(logSigmoid(1000)).toBeCloseTo(0, 14);
    expect(logSigmoid(0)).toBeCloseTo(-Math.LN2, 15);
  });

  it('are not scaled again behind an epsilon', () => {
    const raised = withEpsilon(Float64Array.from([0, Number.NEGATIVE_INFINITY]), 0.5);
    expect([...raised].map(Math.exp)).toEqual([1.5, 0.5]);
  });
});
