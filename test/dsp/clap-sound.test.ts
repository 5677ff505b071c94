import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  clapLogMel,
  clapWindowAt,
  clapWindowSamples,
  quantisedToInt16,
  repeatPadded,
} from '../../src/dsp/clap-sound.js';
import { audioSamples } from '../../src/verify/recipe.js';

describe('repeatPadded', () => {
  it('gives the samples of the official code', () => {
    const { inputs } = JSON.parse(readFileSync('test/fixtures/encoders/clap_hf_frontend/golden.json', 'utf8'));
    const window = repeatPadded(audioSamples(inputs[0]));
    // The official code's 480,000 float32 samples of tone2_3.3s: 3 copies and 4800 zeros.
    expect(createHash('sha256').update(new Uint8Array(window.buffer)).digest('hex')).toBe(
      '4d29e7372ba431d7708afb4cc142f14f693d2006c992969993ef1d28442d47f1',
    );
  });

  it.each([
    [48_000, 10],
    [96_000, 5],
    [160_000, 3],
    [160_001, 2],
    [480_000, 1],
    [1, 480_000],
  ])('repeats %i samples %i times, a whole number too', (samples, copies) => {
    const window = repeatPadded(new Float32Array(samples).fill(0.5));
    expect(window).toHaveLength(clapWindowSamples);
    expect(window.findLastIndex((sample) => sample !== 0)).toBe(samples * copies - 1);
  });

  it('is silent for no sound', () => {
    expect(repeatPadded(new Float32Array(0)).every((sample) => sample === 0)).toBe(true);
  });
});

describe('quantisedToInt16', () => {
  it('cuts towards zero and holds within full scale', () => {
    const own = [
      ...quantisedToInt16(Float32Array.of(0.99999, -0.99999, 2, -3, 0.6 / 32767, -0.6 / 32767, 1.5 / 32767)),
    ];
    expect(own.map((sample) => Math.round(sample * 32767))).toEqual([32766, -32766, 32767, -32767, 0, -0, 1]);
  });

  it('changes nothing the second time', () => {
    const sound = Float32Array.from({ length: 1000 }, (_, n) => Math.sin(n));
    const once = quantisedToInt16(sound);
    expect(Math.max(...quantisedToInt16(once).map((sample, n) => Math.abs(sample - once[n]!)))).toBeLessThan(1 / 32767);
  });
});

describe('clapWindowAt', () => {
  it('fills up the end with zeros', () => {
    const window = clapWindowAt(new Float32Array(500_000).fill(1), 400_000);
    expect(window.filter((sample) => sample === 1)).toHaveLength(100_000);
    expect(window.at(-1)).toBe(0);
  });
});

describe('clapLogMel', () => {
  it('has 1001 frames and takes no other length', () => {
    expect(clapLogMel(new Float32Array(clapWindowSamples))).toMatchObject({ rows: 1001, columns: 64 });
    expect(() => clapLogMel(new Float32Array(48_000))).toThrow('480000 samples, got 48000');
  });
});
