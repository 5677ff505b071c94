import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { openl3MelSpectrogram, openl3Windows } from '../../src/dsp/openl3-mel-spectrogram.js';

// Values beside the official code are in test/verify/encoders.test.ts.
const second = 48_000;
const noise = (samples: number): Float32Array => {
  const rng = seededRng('openl3', samples);
  return Float32Array.from({ length: samples }, () => rng.next() - 0.5);
};

/** openl3 b0bf9b6, core.py, `_get_num_windows` with `center`. */
function officialWindows(samples: number): number {
  const centred = samples + second / 2;
  return centred <= second ? 1 : 1 + Math.ceil((centred - second) / (second / 2));
}

describe('openl3Windows', () => {
  it.each([1, 23_999, 24_000, 24_001, 47_999, 48_000, 48_001, 72_000, 72_001, 110_400])('of %i samples', (samples) => {
    const sound = noise(samples);
    const windows = openl3Windows(sound);
    expect(windows).toHaveLength(officialWindows(samples));
    for (const window of windows) expect(window).toHaveLength(second);
    // Half a window of zeros in front, every sample in the order of the sound, zeros behind.
    const joined = windows.flatMap((window, index) => [...window.subarray(index === 0 ? 0 : second / 2)]);
    expect(joined.slice(0, second / 2).every((sample) => sample === 0)).toBe(true);
    expect(joined.slice(second / 2, second / 2 + samples)).toEqual([...sound]);
    expect(joined.slice(second / 2 + samples).every((sample) => sample === 0)).toBe(true);
  });
});

describe('openl3MelSpectrogram', () => {
  it('is 0 dB at its loudest cell, at least -80, and the same at any level', () => {
    const window = noise(second);
    const { rows, columns, data } = openl3MelSpectrogram(window, 128);
    expect([rows, columns]).toEqual([128, 199]);
    expect(Math.max(...data)).toBe(0);
    expect(Math.min(...data)).toBeGreaterThanOrEqual(-80);
    const louder = openl3MelSpectrogram(
      window.map((sample) => 4 * sample),
      128,
    ).data;
    louder.forEach((value, cell) => {
      expect(value).toBeCloseTo(data[cell]!, 4);
    });
  });

  it('counts a factor of ten in magnitude as 10 dB, not 20', () => {
    // A tone in the first half, and a tenth of it in the second.
    const tone = (n: number): number => Math.sin((2 * Math.PI * 3000 * n) / second) * (n < second / 2 ? 1 : 0.1);
    const { columns, data } = openl3MelSpectrogram(
      Float32Array.from({ length: second }, (_, n) => tone(n)),
      256,
    );
    const loudest = Math.floor(data.indexOf(0) / columns);
    expect(data[loudest * columns + 20]! - data[loudest * columns + 150]!).toBeCloseTo(10, 3);
  });

  it('is 0 dB throughout for silence, as the official code has it', () => {
    expect(openl3MelSpectrogram(new Float32Array(second), 256).data.every((value) => value === 0)).toBe(true);
  });
});
