import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../src/stats/normal.js';
import { studentTCdf, studentTQuantile, twoSidedPValue } from '../../src/stats/student-t.js';
import { expectAllClose } from '../helpers/all-close.js';

describe('studentTCdf', () => {
  it.each([-40, -2.5, -0.3, 0, 0.7, 3, 1e4])('with 1 degree of freedom is Cauchy at %f', (t) =>
    expectAllClose([studentTCdf(t, 1)], [0.5 + Math.atan(t) / Math.PI], { rtol: 1e-11 }),
  );

  it.each([-3, -0.1, 0.5, 8])('with 2 degrees of freedom has its closed form at %f', (t) =>
    expectAllClose([studentTCdf(t, 2)], [0.5 + t / (2 * Math.sqrt(2 + t * t))], { rtol: 1e-12 }),
  );

  it('refuses no degrees of freedom', () => expect(() => studentTCdf(1, 0)).toThrow('degrees of freedom'));
});

describe('studentTQuantile', () => {
  it('matches the tables at 0.975', () => {
    const quantiles = [1, 4, 10, 30, 39].map((degrees) => studentTQuantile(0.975, degrees));
    const expected = [12.706204736174698, 2.7764451051977934, 2.228138851986274, 2.042272456301238, 2.0226909200367595];
    expectAllClose(quantiles, expected, { rtol: 1e-12 });
  });

  it.each([0.001, 0.2, 0.5, 0.9])('undoes the distribution function at %f', (p) =>
    expectAllClose([studentTCdf(studentTQuantile(p, 7), 7)], [p], { rtol: 1e-12 }),
  );

  it('nears the normal quantile', () =>
    expectAllClose([studentTQuantile(0.975, 1e7)], [normalQuantile(0.975)], { rtol: 1e-6 }));
});

describe('twoSidedPValue', () => {
  it('is 1 at 0 and the same on both sides', () => {
    expect(twoSidedPValue(0, 5)).toBe(1);
    expect(twoSidedPValue(-2, 5)).toBe(twoSidedPValue(2, 5));
  });
});
