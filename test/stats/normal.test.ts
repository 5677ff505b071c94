import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile } from '../../src/stats/normal.js';
import { expectAllClose } from '../helpers/all-close.js';

describe('normalCdf', () => {
  // NIST / Abramowitz & Stegun table 26.1 and 26.2, to 15 digits.
  const known: readonly (readonly [number, number])[] = [
    [0, 0.5],
    [-1, 0.158655253931457],
    [-1.96, 0.0249978951482204],
    [-3, 0.00134989803163009],
    [-5, 2.86651571879194e-7],
    [-10, 7.61985302416053e-24],
    [2, 0.977249868051821],
  ];
  it.each(known)('of %f', (x, expected) => expectAllClose([normalCdf(x)], [expected], { rtol: 1e-13 }));

  it('has no step where its two formulas meet', () => {
    for (const x of [-3, 3]) {
      const below = normalCdf(x - 1e-9);
      const above = normalCdf(x + 1e-9);
      expectAllClose([(above - below) / 2e-9], [Math.exp(-4.5) / Math.sqrt(2 * Math.PI)], { rtol: 1e-4 });
    }
  });

  it('reaches 0 and 1', () => {
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
  });
});

describe('normalQuantile', () => {
  it('matches the tables', () => {
    expectAllClose([normalQuantile(0.975), normalQuantile(0.8)], [1.95996398454005, 0.841621233572914], {
      rtol: 1e-13,
    });
  });

  it.each([1e-12, 1e-6, 0.001, 0.02425, 0.3, 0.5, 0.7, 0.999, 1 - 1e-6])(
    'undoes the distribution function at %f',
    (p) => expectAllClose([normalCdf(normalQuantile(p))], [p], { rtol: 1e-12 }),
  );

  it.each([0, 1, -0.1, Number.NaN])('refuses %f', (p) => expect(() => normalQuantile(p)).toThrow(RangeError));
});
