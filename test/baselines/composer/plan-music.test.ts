import { describe, expect, it } from 'vitest';
import { type MusicPlan, planMusic } from '../../../src/baselines/composer/plan-music.js';
import { neutralPalette, type Palette } from '../../../src/baselines/composer/video-profile.js';
import { seededRng } from '../../../src/core/rng.js';
import { modes } from '../../../src/music/theory.js';
import { profileOf, sparse } from './profiles.js';

const rising = Array.from({ length: 500 }, (_, frame) => 0.005 * 1.01 ** frame);

function planOf(difference: readonly number[], palette: Palette = neutralPalette): MusicPlan {
  return planMusic(profileOf(difference, { palette }), { durationSeconds: difference.length / 25, rng: seededRng(1) });
}

const thirdOf = (plan: MusicPlan): number => modes[plan.key.mode][2]!;

describe('planMusic', () => {
  it('covers the clip with bars that meet', () => {
    const { bars, durationSeconds } = planOf(rising);
    expect(bars[0]!.startSeconds).toBe(0);
    expect(bars.at(-1)!.endSeconds).toBeGreaterThanOrEqual(durationSeconds);
    bars.slice(1).forEach((bar, index) => {
      expect(bar.startSeconds).toBeCloseTo(bars[index]!.endSeconds, 9);
    });
  });

  it('plays with more intensity where there is more motion', () => {
    const intensities = planOf(rising).bars.map(({ intensity }) => intensity);
    expect(intensities).toEqual([...intensities].sort());
    expect([intensities[0], intensities.at(-1)]).toEqual([0, 3]);
  });

  it('is in major for bright and warm pictures, in minor for dark and cold ones', () => {
    expect(thirdOf(planOf(rising, { ...neutralPalette, brightness: 0.8, warmth: 0.2 }))).toBe(4);
    expect(thirdOf(planOf(rising, { ...neutralPalette, brightness: 0.2, warmth: -0.2 }))).toBe(3);
  });

  it('picks instruments and tonic by colour', () => {
    const hues = sparse(12, { 1: 1 });
    const warm = planOf(rising, { ...neutralPalette, warmth: 0.3, saturation: 0.6, hues });
    expect(warm.band).toEqual({ bed: 'bowed-strings', hits: 'plucked-strings' });
    expect(warm.key.tonic % 12).toBe(7);
    expect(planOf(rising, { ...neutralPalette, warmth: -0.3 }).band).toEqual({ bed: 'pad', hits: 'piano' });
  });

  it('drops accents after the end of the clip', () => {
    const profile = profileOf(sparse(100, { 20: 0.2, 90: 0.2 }));
    const plan = planMusic(profile, { durationSeconds: 2, rng: seededRng(1) });
    expect(plan.accents.map(({ timeSeconds }) => timeSeconds)).toEqual([0.8]);
  });
});
