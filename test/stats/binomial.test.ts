import { expect, it } from 'vitest';
import { binomialLowerTail, binomialProbability, binomialUpperTail } from '../../src/stats/binomial.js';

it.each([
  { trials: 12, probability: 0.5 },
  { trials: 30, probability: 0.13 },
  { trials: 7, probability: 0.9 },
])('adds up to the sums of choices by hand: %o', (law) => {
  const { trials, probability } = law;
  // Pascal's triangle instead of the gamma function.
  let shares = [1];
  for (let row = 0; row < trials; row++) {
    shares = [...shares, 0].map((own, place) => own * (1 - probability) + (shares[place - 1] ?? 0) * probability);
  }
  for (let count = 0; count <= trials; count++) {
    const above = shares.slice(count).reduce((sum, share) => sum + share, 0);
    expect(binomialProbability(count, law)).toBeCloseTo(shares[count]!, 13);
    expect(binomialUpperTail(count, law)).toBeCloseTo(above, 13);
    expect(binomialLowerTail(count, law)).toBeCloseTo(1 - above + shares[count]!, 12);
  }
});

it('keeps the digits of tiny tails', () => {
  expect(binomialUpperTail(200, { trials: 200, probability: 0.5 }) * 2 ** 200).toBeCloseTo(1, 11);
});

it('refuses what is no probability', () =>
  expect(() => binomialProbability(1, { trials: 2, probability: 1 })).toThrow(RangeError));
