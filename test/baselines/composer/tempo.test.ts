import { describe, expect, it } from 'vitest';
import type { Accent } from '../../../src/baselines/composer/accents.js';
import { expectedTempo, fitBeatGrid } from '../../../src/baselines/composer/tempo.js';
import { seededRng } from '../../../src/core/rng.js';

const accentsAt = (times: readonly number[]): Accent[] =>
  times.map((timeSeconds) => ({ timeSeconds, strength: 0.5, isCut: false }));

describe('fitBeatGrid', () => {
  it.each([84, 97, 112.5, 128, 143])('finds %f bpm and its phase under jitter and stray accents', (tempoBpm) => {
    const rng = seededRng('tempo', tempoBpm);
    const beatSeconds = 60 / tempoBpm;
    const beats = [0, 1, 2, 4, 5, 7, 8, 9, 12, 13, 16, 17, 20, 21, 23, 24, 28].map((beat) => 0.21 + beat * beatSeconds);
    const jittered = beats.map((time) => time + 0.01 * (rng.next() - 0.5));
    const stray = [3.33, 6.1].map((time) => time + 0.1 * rng.next());
    const grid = fitBeatGrid(accentsAt([...jittered, ...stray].sort((a, b) => a - b)), { expectedBpm: 110 });
    expect(Math.abs(grid.tempoBpm - tempoBpm)).toBeLessThan(1);
    const fromBeat = (grid.firstDownbeatSeconds - 0.21) / grid.beatSeconds;
    expect(Math.abs(fromBeat - Math.round(fromBeat))).toBeLessThan(0.1);
  });

  it('puts the heaviest accents on the first beat of the bar', () => {
    const accents = Array.from({ length: 24 }, (_, beat): Accent => {
      const isHeavy = beat % 4 === 2;
      return { timeSeconds: 0.3 + beat * 0.5, strength: isHeavy ? 1 : 0.3, isCut: isHeavy };
    });
    const grid = fitBeatGrid(accents, { expectedBpm: 118 });
    expect(grid.tempoBpm).toBe(120);
    expect(grid.firstDownbeatSeconds % 2).toBeCloseTo(1.3, 2);
  });

  it('takes the expected tempo where nothing marks a beat', () => {
    expect(fitBeatGrid([], { expectedBpm: 96 })).toEqual({ tempoBpm: 96, beatSeconds: 0.625, firstDownbeatSeconds: 0 });
  });
});

it('expects more speed of more motion, within the range of tempi', () => {
  const tempi = [0, 0.01, 0.03, 0.06, 0.5].map(expectedTempo);
  expect(tempi).toEqual([...tempi].sort((a, b) => a - b));
  expect(tempi[0]).toBeGreaterThanOrEqual(80);
  expect(tempi.at(-1)).toBeLessThanOrEqual(150);
});
