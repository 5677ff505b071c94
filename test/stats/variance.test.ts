import { describe, expect, it } from 'vitest';
import { mean } from '../../src/stats/mean.js';
import { hasNoSpread, standardErrorOfMean, variance } from '../../src/stats/variance.js';

describe('variance', () => {
  it('divides by n - 1', () => expect(variance([1, 2, 3, 4])).toBeCloseTo(5 / 3, 14));
  it('keeps its digits far from 0', () => expect(variance([1e9 + 1, 1e9 + 2, 1e9 + 3])).toBe(1));
  it('refuses one value', () => expect(() => variance([1])).toThrow('at least 2'));
});

it('the standard error of the mean is sqrt(variance / n)', () => expect(standardErrorOfMean([0, 2])).toBe(1));

it('no values have no mean', () => expect(() => mean([])).toThrow('no values'));

describe('hasNoSpread', () => {
  it.each([[[0.1 + 0.2, 0.3]], [[5, 5, 5]], [[0, 0]]])('of %j: yes', (values) =>
    expect(hasNoSpread(values)).toBe(true),
  );
  it.each([[[0, 1e-300]], [[1, 1 + 1e-9]], [[-1, 1]]])('of %j: no', (values) =>
    expect(hasNoSpread(values)).toBe(false),
  );
});
