import { describe, expect, it } from 'vitest';
import { detectBeats, trackBeats } from '../../src/dsp/beat-tracker.js';
import { backtrackOnsets } from '../../src/dsp/onset-backtrack.js';
import { estimateTempo } from '../../src/dsp/tempo.js';
import { clickCases, clickSound } from '../helpers/click-cases.js';
import { okValue, reasonWhy } from '../helpers/ok-value.js';

const framesPerSecond = 50;

/** One impulse a period, between weak noise of a fixed pattern. */
function impulses(period: number, frames = 600): Float64Array {
  return Float64Array.from({ length: frames }, (_, frame) => (frame % period === 7 ? 5 : ((frame * 37) % 11) / 40));
}

describe('trackBeats', () => {
  it.each([20, 25, 30, 33])('follows impulses every %d frames', (period) => {
    const { tempoBpm, frames } = okValue(trackBeats(impulses(period), { framesPerSecond }));
    expect(tempoBpm).toBeCloseTo((60 * framesPerSecond) / period, 10);
    // The last beat may be a weak peak at the end of the curve, as librosa's may.
    expect(frames.slice(0, -1).every((frame) => frame % period === 7)).toBe(true);
    expect(frames.length).toBeGreaterThanOrEqual(Math.floor(600 / period) - 1);
  });

  it('does not see the level', () => {
    const curve = impulses(26);
    const louder = curve.map((value) => 1000 * value);
    expect(trackBeats(louder, { framesPerSecond })).toEqual(trackBeats(curve, { framesPerSecond }));
  });

  it('trims no beat where it is told not to', () => {
    const quietEnd = impulses(25).map((value, frame) => (frame < 480 ? value : value / 100));
    const trimmed = okValue(trackBeats(quietEnd, { framesPerSecond })).frames;
    const whole = okValue(trackBeats(quietEnd, { framesPerSecond, trim: false })).frames;
    expect(whole.length).toBeGreaterThan(trimmed.length);
    expect(whole).toEqual(expect.arrayContaining([...trimmed]));
  });

  it('has no beat without an onset', () =>
    expect(reasonWhy(trackBeats(new Float64Array(100), { framesPerSecond }))).toMatch(/^skipped: no onset/));
});

describe('detectBeats', () => {
  it('places beats near the clicks', () => {
    const [{ signal }] = clickCases() as [ReturnType<typeof clickCases>[number]];
    const { tempoBpm, timesSeconds } = okValue(detectBeats(clickSound(signal), { sampleRateHz: signal.sr }));
    expect(Math.abs(tempoBpm - signal.bpm)).toBeLessThan(2);
    // The last beat follows the decay after the last click but one.
    for (const time of timesSeconds.slice(0, -1)) {
      const phase = ((time - 0.25) * signal.bpm) / 60;
      expect(Math.abs(phase - Math.round(phase))).toBeLessThan(0.06);
    }
  });

  it('refuses sound that is not finite and finds nothing in silence', () => {
    expect(() => detectBeats(Float32Array.of(Number.NaN), { sampleRateHz: 22050 })).toThrow(RangeError);
    expect(reasonWhy(detectBeats(new Float32Array(5000), { sampleRateHz: 22050 }))).toMatch(/^skipped/);
  });
});

describe('estimateTempo', () => {
  it('falls back on the prior without any onset and follows it among octaves', () => {
    expect(estimateTempo(new Float64Array(400), { framesPerSecond })).toBeGreaterThan(115);
    const curve = impulses(25);
    expect(estimateTempo(curve, { framesPerSecond, startBpm: 60 })).toBeCloseTo(60, 10);
    expect(estimateTempo(curve, { framesPerSecond, startBpm: 120 })).toBeCloseTo(120, 10);
    expect(() => estimateTempo(curve, { framesPerSecond: 0.1 })).toThrow(RangeError);
  });
});

describe('backtrackOnsets', () => {
  it('moves events back to where the curve stops falling', () => {
    const curve = [3, 1, 2, 5, 4, 4, 6, 0, 1];
    expect(backtrackOnsets([0, 3, 6, 8], curve)).toEqual([0, 1, 5, 7]);
    expect(backtrackOnsets([], curve)).toEqual([]);
  });
});
