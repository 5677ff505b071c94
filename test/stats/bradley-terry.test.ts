import { describe, expect, it } from 'vitest';
import { type BradleyTerry, bradleyTerry, eloOf } from '../../src/stats/bradley-terry.js';
import { okValue } from '../helpers/ok-value.js';

const wins = [
  [0, 12, 9, 20],
  [8, 0, 11, 7],
  [6, 9, 0, 10],
  [3, 5, 4, 0],
];

const fitted = (counts: readonly (readonly number[])[]): BradleyTerry => okValue(bradleyTerry(counts));

// Golden values of choix are held by `bench verify` (test/verify/metrics/stats.test.ts).
describe('bradleyTerry', () => {
  it('is the log odds of two items, with the error of log odds', () => {
    const { logStrengths, standardErrors } = fitted([
      [0, 30],
      [10, 0],
    ]);
    expect(logStrengths[0]! - logStrengths[1]!).toBeCloseTo(Math.log(3), 12);
    // Half of the difference, whose variance is 1/30 + 1/10.
    expect(standardErrors[0]).toBeCloseTo(Math.sqrt(1 / 30 + 1 / 10) / 2, 12);
  });

  it('expects as many wins as there were', () => {
    const { logStrengths } = fitted(wins);
    for (const [item, row] of wins.entries()) {
      const expected = row.reduce((sum, count, other) => {
        const games = count + wins[other]![item]!;
        return sum + games / (1 + Math.exp(logStrengths[other]! - logStrengths[item]!));
      }, 0);
      expect(expected).toBeCloseTo(
        row.reduce((sum, count) => sum + count, 0),
        9,
      );
    }
    expect(logStrengths.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
  });

  it('has rows of the covariance that sum to 0, and errors that halve with four times the votes', () => {
    const [once, fourTimes] = [fitted(wins), fitted(wins.map((row) => row.map((count) => 4 * count)))];
    for (const row of once.covariance) expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
    once.standardErrors.forEach((error, item) => {
      expect(error / fourTimes.standardErrors[item]!).toBeCloseTo(2, 10);
      expect(fourTimes.logStrengths[item]).toBeCloseTo(once.logStrengths[item]!, 10);
    });
  });

  it('does not depend on the order of the items', () => {
    const order = [2, 0, 3, 1];
    const moved = fitted(order.map((i) => order.map((j) => wins[i]![j]!)));
    const own = fitted(wins);
    order.forEach((item, place) => {
      expect(moved.logStrengths[place]).toBeCloseTo(own.logStrengths[item]!, 12);
      expect(moved.standardErrors[place]).toBeCloseTo(own.standardErrors[item]!, 12);
    });
  });

  it('holds where one side hardly ever wins, and along chains', () => {
    const odds = fitted([
      [0, 1e7],
      [3, 0],
    ]);
    expect(odds.logStrengths[0]! - odds.logStrengths[1]!).toBeCloseTo(Math.log(1e7 / 3), 8);
    const count = 12;
    const chain = Array.from({ length: count }, (_, i) =>
      Array.from({ length: count }, (_, j) => (j === i + 1 ? 1000 : j === i - 1 ? 1 : 0)),
    );
    const { logStrengths } = fitted(chain);
    expect(logStrengths[0]! - logStrengths[count - 1]!).toBeCloseTo((count - 1) * Math.log(1000), 6);
  });

  it('counts wins by way of others, and names the groups where they are missing', () => {
    const circle = [
      [0, 2, 0],
      [0, 0, 2],
      [2, 0, 0],
    ];
    expect([...fitted(circle).logStrengths].every((value) => Math.abs(value) < 1e-12)).toBe(true);
    expect(
      bradleyTerry([
        [0, 3, 4],
        [0, 0, 2],
        [0, 1, 0],
      ]),
    ).toEqual({ status: 'skipped', reason: 'no finite estimate: preferences go both ways only within {0}, {1, 2}' });
  });

  it('refuses what are no votes', () => {
    expect(
      bradleyTerry([
        [0, 0],
        [0, 0],
      ]),
    ).toMatchObject({ status: 'failed', error: { code: 'no-votes' } });
    for (const count of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(
        bradleyTerry([
          [0, count],
          [3, 0],
        ]),
      ).toMatchObject({ status: 'failed', error: { code: 'not-a-count' } });
  });
});

it('puts ten to one at 400 points', () => {
  expect(eloOf(0)).toBe(1000);
  expect(eloOf(Math.log(10)) - eloOf(0)).toBeCloseTo(400, 10);
});
