import { describe, expect, it } from 'vitest';
import { skipped } from '../../src/core/outcome.js';
import type { Figure } from '../../src/core/score.js';
import { scoreMetric } from '../../src/scoring/score-run.js';
import { standardDeviation } from '../../src/stats/variance.js';
import { meanDistance, scoringWorld, type WorldSystem } from '../helpers/scoring-world.js';

const system: WorldSystem = { id: 'a', shift: 0.5, noise: 0.4 };

function figureOf(one: WorldSystem, seeds: readonly number[]): Figure {
  const world = scoringWorld({ clipCount: 8, systems: [one], seeds });
  return scoreMetric(meanDistance, { ...world, clipScores: [] }).figures[0]!;
}

describe('seedSpread', () => {
  it('is the spread of the values that each seed has alone', () => {
    const alone = [1, 2, 3].map((seed) => {
      const { outcome } = figureOf(system, [seed]);
      return outcome.status === 'ok' ? outcome.value.value : expect.fail('no figure');
    });
    const { seedSpread } = figureOf(system, [3, 1, 2]);
    expect(seedSpread).toEqual({
      status: 'ok',
      value: {
        values: [1, 2, 3].map((seed, index) => ({ seed, value: alone[index] })),
        standardDeviation: standardDeviation(alone),
      },
    });
  });

  it('needs two seeds, and all clips from each', () => {
    expect(figureOf(system, [1]).seedSpread).toEqual(skipped('one seed: nothing to compare'));
    const gap: WorldSystem = { ...system, lacks: (clipId, seed) => clipId === 'clip-003' && seed === 2 };
    expect(figureOf(gap, [1, 2]).seedSpread).toEqual(skipped('seed 2: has no value for clip clip-003'));
    // A clip that no seed has is in no value at all.
    const never: WorldSystem = { ...system, lacks: (clipId) => clipId === 'clip-003' };
    expect(figureOf(never, [1, 2]).seedSpread?.status).toBe('ok');
    expect(figureOf({ ...system, lacks: () => true }, [1, 2]).seedSpread).toEqual(skipped('no clips'));
  });
});
