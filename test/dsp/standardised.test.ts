import { describe, expect, it } from 'vitest';
import { standardised } from '../../src/dsp/standardised.js';
import { expectAllClose } from '../helpers/all-close.js';

describe('standardised', () => {
  it('is what transformers 4.46.3 makes of a sound (Wav2Vec2FeatureExtractor, do_normalize)', () => {
    const sound = Float32Array.of(0.5, -0.25, 0.125, 0.75, -1, 0, 0.3, 0.9);
    const expected = [
      ...[0.589811384677887, -0.7331300973892212, -0.07165934145450592, 1.030791997909546],
      ...[-2.0560715198516846, -0.2921496033668518, 0.23702703416347504, 1.2953802347183228],
    ];
    expectAllClose(standardised(sound), expected, { rtol: 1e-6 });
  });

  it('is the same at another level and with an offset, but for what is added to the variance', () => {
    const sound = Float32Array.from({ length: 4000 }, (_, n) => 0.3 * Math.sin(n / 7) + 0.1 * Math.sin(n * n));
    expectAllClose(standardised(sound.map((x) => 0.5 * x + 0.25)), standardised(sound), { atol: 1e-5 });
  });

  it('leaves silence and a constant silent', () => {
    expect([...standardised(new Float32Array(3))]).toEqual([0, 0, 0]);
    expect([...standardised(new Float32Array(4).fill(0.5))]).toEqual([0, 0, 0, 0]);
  });
});
