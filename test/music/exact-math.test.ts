import { describe, expect, it } from 'vitest';
import { cosineOfTurns, decayPerSample, exp2, hzOfPitch, sineOfTurns, softClip } from '../../src/music/exact-math.js';

describe('sine and cosine of turns', () => {
  it.each([-3.7, -1, -0.5, -0.26, -0.25, -0.1, 0, 1e-6, 0.1, 0.24999, 0.25, 0.49, 0.5, 0.75, 12.3])(
    'match at %f',
    (turns) => {
      expect(Math.abs(sineOfTurns(turns) - Math.sin(2 * Math.PI * turns))).toBeLessThan(2e-11);
      expect(Math.abs(cosineOfTurns(turns) - Math.cos(2 * Math.PI * turns))).toBeLessThan(2e-11);
    },
  );
});

describe('exp2', () => {
  it.each([-40.3, -1, -0.001, 0, 0.5, 1, 3.999, 20.7])('matches at %f', (exponent) => {
    expect(Math.abs(exp2(exponent) / 2 ** exponent - 1)).toBeLessThan(1e-12);
  });
});

describe('hzOfPitch', () => {
  it('has A4 at 440 Hz and doubles with each octave', () => {
    expect(hzOfPitch(69)).toBe(440);
    expect(hzOfPitch(57)).toBe(220);
    expect(hzOfPitch(60)).toBeCloseTo(261.6255653, 6);
  });
});

describe('decayPerSample', () => {
  it('falls by 60 dB in the stated time', () => {
    const factor = decayPerSample(0.5, 1000);
    expect(factor ** 500).toBeCloseTo(0.001, 9);
  });
});

describe('softClip', () => {
  const limits = { knee: 0.6, ceiling: 0.9 };

  it('leaves what is below the knee and never reaches the ceiling', () => {
    expect(softClip(0.6, limits)).toBe(0.6);
    expect(softClip(-0.3, limits)).toBe(-0.3);
    expect(softClip(1000, limits)).toBeLessThan(0.9);
    expect(softClip(-1000, limits)).toBeGreaterThan(-0.9);
  });

  it('rises without a jump', () => {
    for (let sample = 0; sample < 3; sample += 0.01) {
      const step = softClip(sample + 0.01, limits) - softClip(sample, limits);
      expect(step).toBeGreaterThan(0);
      expect(step).toBeLessThan(0.0101);
    }
  });
});
