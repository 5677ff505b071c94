import { describe, expect, it } from 'vitest';
import { chromaFilterbank } from '../../src/dsp/chroma-filterbank.js';
import { expectAllClose } from '../helpers/all-close.js';

const bins = 8193;
const weights = chromaFilterbank({ sampleRateHz: 32000, fftSize: 16384 });

describe('chromaFilterbank', () => {
  it('has the values of librosa.filters.chroma(sr=32000, n_fft=16384, tuning=0, n_chroma=12, dtype=float64)', () => {
    // librosa 0.11.0.
    expectAllClose([weights.reduce((sum, value) => sum + value, 0)], [4159.942826115046], { rtol: 1e-12 });
    const firstC = [4.37676e-7, 2.00076893e-5, 1.90353671e-4, 4.72909348e-5, 1.49618643e-3, 4.59698676e-4];
    expectAllClose(weights.subarray(0, 6), firstC, { rtol: 1e-8 });
    expectAllClose([weights[9 * bins + 225]!], [0.8661476328227106], { rtol: 1e-12 });
    expectAllClose([weights[5 * bins + 3000]!], [0.10413549455427247], { rtol: 1e-12 });
  });

  it('puts 440 Hz, and all its octaves, to A', () => {
    for (const hz of [220, 440, 880, 1760]) {
      const bin = Math.round((hz * 16384) / 32000);
      const column = Array.from({ length: 12 }, (_, pitch) => weights[pitch * bins + bin]!);
      expect(column.indexOf(Math.max(...column))).toBe(9);
    }
  });
});
