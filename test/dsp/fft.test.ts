import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { createRealFft } from '../../src/dsp/fft.js';

function noise(size: number): Float64Array {
  const rng = seededRng('fft', size);
  return Float64Array.from({ length: size }, () => rng.normal());
}

/** The definition, term by term. */
function slowTransform(input: Float64Array): { re: number[]; im: number[] } {
  const size = input.length;
  const bins = [...Array(size / 2 + 1).keys()];
  const sum = (k: number, wave: (angle: number) => number): number =>
    input.reduce((total, value, n) => total + value * wave((2 * Math.PI * ((k * n) % size)) / size), 0);
  return { re: bins.map((k) => sum(k, Math.cos)), im: bins.map((k) => -sum(k, Math.sin)) };
}

function spectrumOf(input: Float64Array): { re: Float64Array; im: Float64Array } {
  const re = new Float64Array(input.length / 2 + 1);
  const im = new Float64Array(input.length / 2 + 1);
  createRealFft(input.length).transform(input, re, im);
  return { re, im };
}

function largestDifference(actual: ArrayLike<number>, expected: readonly number[]): number {
  return Math.max(...expected.map((value, index) => Math.abs(value - (actual[index] as number))));
}

describe('createRealFft', () => {
  it.each([2, 4, 8, 16, 32, 64, 128, 512, 1024])('equals the definition at size %i', (size) => {
    const input = noise(size);
    const expected = slowTransform(input);
    const { re, im } = spectrumOf(input);
    expect(re.length).toBe(size / 2 + 1);
    expect(largestDifference(re, expected.re)).toBeLessThan(1e-11 * size);
    expect(largestDifference(im, expected.im)).toBeLessThan(1e-11 * size);
  });

  it('keeps the energy (Parseval) at size 16384', () => {
    const size = 16384;
    const input = noise(size);
    const { re, im } = spectrumOf(input);
    const power = Array.from(re, (value, k) => value ** 2 + (im[k] as number) ** 2);
    const twoSided = power.reduce((sum, value, k) => sum + (k === 0 || k === size / 2 ? value : 2 * value), 0);
    const energy = input.reduce((sum, value) => sum + value ** 2, 0);
    expect(twoSided / size / energy).toBeCloseTo(1, 12);
  });

  it('leaves its input alone and gives the same bins again', () => {
    const input = noise(256);
    const before = Float64Array.from(input);
    const fft = createRealFft(256);
    const [re, im, reAgain, imAgain] = [0, 1, 2, 3].map(() => new Float64Array(129)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    fft.transform(input, re, im);
    fft.transform(input, reAgain, imAgain);
    expect(input).toEqual(before);
    expect([reAgain, imAgain]).toEqual([re, im]);
  });

  it.each([0, 1, 3, 12, 1000, Number.NaN])('refuses size %d', (size) => {
    expect(() => createRealFft(size)).toThrow(RangeError);
  });

  it('refuses arrays that are too short', () => {
    const fft = createRealFft(8);
    expect(() => fft.transform(new Float64Array(7), new Float64Array(5), new Float64Array(5))).toThrow(
      /reads 8 samples/,
    );
    expect(() => fft.transform(new Float64Array(8), new Float64Array(4), new Float64Array(5))).toThrow(/writes 5 bins/);
  });
});
