import { describe, expect, it } from 'vitest';
import { ok, skipped } from '../../src/core/outcome.js';
import type { Comparison, Estimate, Figure } from '../../src/core/score.js';
import { rankRanges } from '../../src/scoring/rank.js';

const metric = { id: 'm', version: 1 };

function estimate(value: number): Estimate {
  return { value, lower: value - 1, upper: value + 1, level: 0.95, method: 'bootstrap-bca', standardError: 0.5 };
}

function figure(systemId: string, value?: number): Figure {
  return {
    metric,
    systemId,
    outcome: value === undefined ? skipped('none') : ok(estimate(value)),
    coverage: { scored: 0, total: 0, missing: [] },
    smallestDetectableDifference: skipped('none'),
    clipIds: [],
    clipValues: [],
  };
}

/** Comparisons of all pairs of figures with values; significant for the pairs given. */
function comparisons(figures: readonly Figure[], significant: readonly string[]): Comparison[] {
  return figures.flatMap((a, index) =>
    figures.slice(index + 1).flatMap((b): Comparison[] => {
      if (a.outcome.status !== 'ok' || b.outcome.status !== 'ok') return [];
      const pValue = significant.includes(a.systemId + b.systemId) ? 0.01 : 0.6;
      const difference = estimate(a.outcome.value.value - b.outcome.value.value);
      const value = { difference, pValue, adjustedPValue: pValue, test: 'paired-bootstrap' } as const;
      return [{ metric, systemA: a.systemId, systemB: b.systemId, clipCount: 9, outcome: ok(value) }];
    }),
  );
}

const rows = (...args: Parameters<typeof rankRanges>): string[] =>
  rankRanges(...args).map(
    ({ systemId, best, worst, tieGroup, ranked }) =>
      `${systemId} ${best}-${worst} group ${tieGroup}${ranked ? '' : ' -'}`,
  );

describe('rankRanges', () => {
  const figures = [figure('a', 1), figure('b', 5), figure('c', 4), figure('d', 1.5)];

  it('shares all places without significant differences', () =>
    expect(rows(figures, comparisons(figures, []), 'higher')).toEqual([
      'b 1-4 group 1',
      'c 1-4 group 1',
      'd 1-4 group 1',
      'a 1-4 group 1',
    ]));

  it('separates by significance and groups under the head', () =>
    expect(rows(figures, comparisons(figures, ['ab', 'ac', 'bd', 'cd']), 'higher')).toEqual([
      'b 1-2 group 1',
      'c 1-2 group 1',
      'd 3-4 group 2',
      'a 3-4 group 2',
    ]));

  it('turns round where lower is better', () =>
    expect(rows(figures, comparisons(figures, ['ab', 'ac', 'bd', 'cd']), 'lower')).toEqual([
      'a 1-2 group 1',
      'd 1-2 group 1',
      'c 3-4 group 2',
      'b 3-4 group 2',
    ]));

  it('puts systems without a value and without a comparison last', () => {
    const more = [...figures.slice(0, 2), figure('y'), figure('x')];
    const some = comparisons(more, ['ab']);
    expect(rows([...more, figure('oracle', 99)], some, 'higher')).toEqual([
      'b 1-1 group 1',
      'a 2-2 group 2',
      'oracle 3-5 group 3 -',
      'x 3-5 group 3 -',
      'y 3-5 group 3 -',
    ]);
  });

  it('gives a lone system the first place', () =>
    expect(rows([figure('a', 1), figure('b')], [], 'higher')).toEqual(['a 1-1 group 1', 'b 2-2 group 2 -']));

  it('of nothing is nothing', () => expect(rankRanges([], [], 'higher')).toEqual([]));

  it('does not depend on the order of its input', () => {
    const all = comparisons(figures, ['ab', 'bd']);
    expect(rankRanges([...figures].reverse(), [...all].reverse(), 'lower')).toEqual(rankRanges(figures, all, 'lower'));
  });
});
