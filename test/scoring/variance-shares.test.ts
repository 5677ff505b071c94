import { describe, expect, it } from 'vitest';
import { type Outcome, ok, skipped } from '../../src/core/outcome.js';
import { seededRng } from '../../src/core/rng.js';
import type { ClipScore } from '../../src/core/score.js';
import { varianceShares } from '../../src/scoring/variance-shares.js';
import { mean } from '../../src/stats/mean.js';

const metric = { id: 'm', version: 1 };

function scoresOf(clips: readonly (readonly Outcome<number>[])[], systemId = 'a'): ClipScore[] {
  return clips.flatMap((outcomes, clip) =>
    outcomes.map((outcome, seed) => ({ metric, systemId, clipId: `c${clip}`, seed, outcome })),
  );
}

function sharesOf(clips: readonly (readonly number[])[]): ReturnType<typeof varianceShares> {
  return varianceShares({
    metric,
    systemId: 'a',
    clipScores: scoresOf(clips.map((values) => values.map((one) => ok(one)))),
  });
}

describe('varianceShares', () => {
  it('finds the shares that the data were made with', () => {
    const clipShares = Array.from({ length: 60 }, (_, time) => {
      const rng = seededRng('shares', time);
      // Variance of clips 3, of seeds 1.
      const outcome = sharesOf(
        Array.from({ length: 60 }, () => {
          const clip = Math.sqrt(3) * rng.normal();
          return [0, 1, 2].map(() => clip + rng.normal());
        }),
      );
      return outcome.status === 'ok' ? outcome.value.clipShare : expect.fail('no shares');
    });
    // Standard deviation of one about 0.05.
    expect(mean(clipShares)).toBeGreaterThan(0.72);
    expect(mean(clipShares)).toBeLessThan(0.78);
  });

  it('gives a deterministic system all to the clip', () => {
    const outcome = sharesOf([
      [1, 1],
      [2, 2],
      [4, 4],
    ]);
    expect(outcome).toMatchObject({
      status: 'ok',
      value: { clipShare: 1, seedShare: 0, clipCount: 3, generationCount: 6 },
    });
  });

  it('shows a negative estimate as 0, and says so', () => {
    const outcome = sharesOf([
      [0, 2],
      [2, 0],
    ]);
    expect(outcome).toMatchObject({
      status: 'ok',
      value: { clipShare: 0, seedShare: 1, clipVariance: -1, seedVariance: 2 },
    });
    expect(outcome.status === 'ok' && outcome.warnings?.join()).toContain('shown as 0');
  });

  it('takes what was scored, of this metric and system alone', () => {
    const own = scoresOf([[ok(1), ok(3), skipped('silent')], [ok(3), ok(5)], [ok(7), ok(11)], [skipped('silent')]]);
    const others = [
      ...scoresOf([[ok(100), ok(0)]], 'b'),
      ...own.map((score) => ({ ...score, metric: { id: 'x', version: 1 } })),
    ];
    const outcome = varianceShares({ metric, systemId: 'a', clipScores: [...others, ...own] });
    expect(outcome).toMatchObject({
      status: 'ok',
      value: { clipVariance: expect.closeTo(11, 9), seedVariance: expect.closeTo(4, 9) },
    });
  });

  it('says why there are none', () => {
    expect(sharesOf([[1], [2], [3]])).toMatchObject({ status: 'skipped', reason: expect.stringContaining('one seed') });
    expect(sharesOf([[1, 2]])).toEqual(skipped('needs 2 clips with values, got 1'));
    expect(sharesOf([])).toEqual(skipped('needs 2 clips with values, got 0'));
    expect(
      sharesOf([
        [1, 1],
        [1, 1],
      ]),
    ).toEqual(skipped('all generations have the same value'));
  });
});
