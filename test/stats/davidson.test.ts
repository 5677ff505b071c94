import { describe, expect, it } from 'vitest';
import { bradleyTerry } from '../../src/stats/bradley-terry.js';
import type { OrderedVotes } from '../../src/stats/choice-likelihood.js';
import { type Davidson, davidson } from '../../src/stats/davidson.js';
import { okValue } from '../helpers/ok-value.js';

const vote = (
  first: number,
  second: number,
  [firstPreferred, secondPreferred, ties]: readonly [number, number, number],
): OrderedVotes => ({
  ...{ first, second },
  ...{ firstPreferred, secondPreferred, ties },
});

const votes = [
  vote(0, 1, [14, 7, 10]),
  vote(1, 0, [5, 11, 3]),
  vote(0, 2, [13, 4, 5]),
  vote(2, 0, [6, 12, 9]),
  vote(1, 2, [17, 9, 12]),
  vote(2, 1, [10, 19, 8]),
];

const fitted = (of: readonly OrderedVotes[], withOrder = false, itemCount = 3): Davidson =>
  okValue(davidson(of, { itemCount, withOrder }));

// Golden values are held by `bench verify` (test/verify/metrics/stats.test.ts).
describe('davidson', () => {
  it('has a closed form for two items', () => {
    const { logStrengths, logTies } = fitted([vote(0, 1, [30, 10, 20])], false, 2);
    expect(logStrengths[0]! - logStrengths[1]!).toBeCloseTo(Math.log(3), 12);
    expect(Math.exp(logTies)).toBeCloseTo(20 / Math.sqrt(300), 12);
  });

  it('expects as many ties, and as many votes for the one heard first, as there were', () => {
    const { logStrengths, logTies, order } = fitted(votes, true);
    let [ties, first] = [0, 0];
    for (const { first: a, second: b, ...counts } of votes) {
      const total = counts.firstPreferred + counts.secondPreferred + counts.ties;
      const weights = [logStrengths[a]! + order!.value, logStrengths[b]!];
      const weighted = [
        Math.exp(weights[0]!),
        Math.exp(weights[1]!),
        Math.exp(logTies + (weights[0]! + weights[1]!) / 2),
      ];
      const sum = weighted.reduce((x, y) => x + y, 0);
      ties += (total * weighted[2]!) / sum;
      first += (total * (weighted[0]! + weighted[2]! / 2)) / sum;
    }
    expect(ties).toBeCloseTo(10 + 3 + 5 + 9 + 12 + 8, 9);
    expect(first).toBeCloseTo(14 + 5 + 13 + 6 + 17 + 10 + (10 + 3 + 5 + 9 + 12 + 8) / 2, 9);
  });

  it('turns the order round when all pairs are turned', () => {
    const turned = votes.map(({ first, second, firstPreferred, secondPreferred, ties }) =>
      vote(second, first, [secondPreferred, firstPreferred, ties]),
    );
    const [own, other] = [fitted(votes, true), fitted(turned, true)];
    expect(other.order!.value).toBeCloseTo(-own.order!.value, 10);
    expect(other.order!.standardError).toBeCloseTo(own.order!.standardError, 10);
    own.logStrengths.forEach((value, item) => {
      expect(other.logStrengths[item]).toBeCloseTo(value, 10);
    });
    expect(other.logLikelihood).toBeCloseTo(own.logLikelihood, 8);
  });

  it('comes near Bradley and Terry as ties get rare', () => {
    const rare = votes.map((one) => ({ ...one, ties: 1e-7 }));
    const wins = [
      [0, 14 + 11, 13 + 12],
      [7 + 5, 0, 17 + 19],
      [4 + 6, 9 + 10, 0],
    ];
    const expected = okValue(bradleyTerry(wins)).logStrengths;
    fitted(rare).logStrengths.forEach((value, item) => {
      expect(value).toBeCloseTo(expected[item]!, 6);
    });
  });

  it('is not defined where votes allow no estimate, and says why', () => {
    const reasonFor = (of: readonly OrderedVotes[], itemCount = 2): string => {
      const outcome = davidson(of, { itemCount });
      return outcome.status === 'skipped' ? outcome.reason : outcome.status;
    };
    expect(reasonFor([vote(0, 1, [3, 2, 0])])).toContain('no ties');
    expect(reasonFor([vote(0, 1, [0, 0, 4])])).toContain('only ties');
    expect(reasonFor([vote(0, 1, [3, 0, 2])])).toContain('no finite estimate');
    expect(reasonFor([vote(0, 1, [3, 2, 2]), vote(2, 3, [3, 1, 2])], 4)).toContain('{0, 1}, {2, 3}');
    expect(reasonFor([vote(0, 1, [3, 2, 2])], 3)).toContain('{0, 1}, {2}');
  });

  it('refuses an order that nothing tells from the strengths, and what are no votes', () => {
    const codeFor = (of: readonly OrderedVotes[]): string => {
      const outcome = davidson(of, { itemCount: 2, withOrder: true });
      return outcome.status === 'failed' ? outcome.error.code : outcome.status;
    };
    expect(codeFor([vote(0, 1, [30, 10, 20])])).toBe('order-not-identified');
    expect(codeFor([])).toBe('no-votes');
    expect(codeFor([vote(0, 0, [1, 1, 1])])).toBe('not-a-pair');
    expect(codeFor([vote(0, 2, [1, 1, 1])])).toBe('not-a-pair');
    expect(codeFor([vote(0, 1, [1, -1, 1])])).toBe('not-a-count');
  });
});
