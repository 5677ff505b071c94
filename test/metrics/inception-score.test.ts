import { describe, expect, it } from 'vitest';
import { type InceptionScoreOptions, inceptionScore } from '../../src/metrics/inception-score.js';
import { matrixFrom, normalMatrix } from '../helpers/metric-recipe.js';

const logits = normalMatrix({ rows: 30, columns: 6, seed: 1 });

function meanOf(options: InceptionScoreOptions): number {
  const outcome = inceptionScore(logits, options);
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value.mean;
}

describe('inceptionScore', () => {
  it('is the number of classes for certain items of all of them, 1 for items that are alike', () => {
    const certain = matrixFrom([0, 1, 2].map((on) => [0, 1, 2].map((index) => (index === on ? 900 : 0))));
    expect(inceptionScore(certain, { splits: 1 })).toMatchObject({ value: { mean: expect.closeTo(3, 12) } });
    const alike = matrixFrom([1, 2, 3, 4].map(() => [0.3, -1, 2]));
    expect(inceptionScore(alike, { splits: 2 })).toMatchObject({
      value: { mean: expect.closeTo(1, 12), deviation: 0 },
    });
  });

  it('does not depend on the order within a split, but on who is in it', () => {
    const reversed = Array.from({ length: 30 }, (_, index) => 29 - index);
    expect(meanOf({ splits: 1, order: reversed })).toBeCloseTo(meanOf({ splits: 1 }), 13);
    const dealt = Array.from({ length: 30 }, (_, index) => (index * 7) % 30);
    expect(meanOf({ splits: 3, order: dealt })).not.toBeCloseTo(meanOf({ splits: 3 }), 6);
  });

  it('warns of splits with one item and refuses fewer items than splits', () => {
    const warned = inceptionScore(logits, { splits: 20 });
    expect(warned).toMatchObject({ warnings: [expect.stringContaining('10 of 20 splits')] });
    expect(inceptionScore(logits, { splits: 15 })).not.toHaveProperty('warnings');
    expect(inceptionScore(logits, { splits: 31 })).toMatchObject({ error: { code: 'too-few-items' } });
    expect(inceptionScore(logits, { splits: 0 })).toMatchObject({ error: { code: 'bad-splits' } });
  });
});
