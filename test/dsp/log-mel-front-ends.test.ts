import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { pannsFrontEnds, pannsLogMel } from '../../src/dsp/panns-log-mel.js';
import { vggishExamples, vggishLogMel } from '../../src/dsp/vggish-log-mel.js';
import { audioSamples } from '../../src/verify/recipe.js';
import { readNpy } from '../helpers/npy.js';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
const cases = JSON.parse(readFileSync(`${fixtures}front-ends/front-ends.json`, 'utf8'));

/** Differences from the official code's float32 cells, smallest first. */
function differences(own: Float32Array, name: string): Float64Array {
  const golden = readNpy<Float32Array>(`${fixtures}${name}.npy`);
  expect(own).toHaveLength(golden.data.length);
  return Float64Array.from(own, (value, cell) => Math.abs(value - golden.data[cell]!)).sort();
}

describe('vggishLogMel', () => {
  it('agrees with torchvggish', () => {
    const { examples, data } = vggishExamples(audioSamples(cases.vggish.input));
    expect(examples).toBe(1);
    expect(differences(data, 'architectures/vggish/tone2_15600.logmel_last').at(-1)).toBeLessThanOrEqual(
      cases.vggish.tol_abs,
    );
  });

  it('has a row for each whole window, and an example for each 96 rows', () => {
    expect(vggishLogMel(new Float32Array(399)).rows).toBe(0);
    expect(vggishLogMel(new Float32Array(400)).rows).toBe(1);
    // torchvggish needs 0.975 s for its first example.
    expect(vggishExamples(new Float32Array(15_599)).examples).toBe(0);
    expect(vggishExamples(new Float32Array(15_600)).examples).toBe(1);
    expect(vggishExamples(new Float32Array(32_000)).examples).toBe(2);
  });

  it('is ln 0.01 in silence', () => {
    const { data } = vggishLogMel(new Float32Array(1600));
    for (const value of data) expect(value).toBe(Math.fround(Math.log(0.01)));
  });
});

describe.each(['cnn14-16k', 'cnn14-32k'] as const)('pannsLogMel for %s', (variant) => {
  const frontEnd = pannsFrontEnds[variant];

  it('agrees with torchlibrosa, whose float32 is off in nearly empty bins', () => {
    const { input, tol_abs, tol_p99_abs, tol_p90_abs } = cases[variant];
    const sorted = differences(pannsLogMel(audioSamples(input), frontEnd).data, `front-ends/${variant}`);
    expect(sorted.at(-1)).toBeLessThanOrEqual(tol_abs);
    expect(sorted[Math.floor(0.99 * sorted.length)]).toBeLessThanOrEqual(tol_p99_abs);
    expect(sorted[Math.floor(0.9 * sorted.length)]).toBeLessThanOrEqual(tol_p90_abs);
  });

  it('has a row for each hop and one more, and -100 dB in silence', () => {
    const { rows, columns, data } = pannsLogMel(new Float32Array(frontEnd.sampleRateHz), frontEnd);
    expect([rows, columns]).toEqual([101, 64]);
    for (const value of data) expect(value).toBeCloseTo(-100, 10);
  });

  it('refuses sound that is too short to be mirrored', () => {
    const shortest = frontEnd.fftSize / 2 + 1;
    expect(pannsLogMel(new Float32Array(shortest), frontEnd).rows).toBe(1 + Math.floor(shortest / frontEnd.hopSamples));
    expect(() => pannsLogMel(new Float32Array(shortest - 1), frontEnd)).toThrow(RangeError);
  });
});
