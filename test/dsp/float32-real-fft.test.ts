import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { createRealFft } from '../../src/dsp/fft.js';
import { createFloat32RealFft512 } from '../../src/dsp/float32-real-fft.js';
import { readNpy } from '../helpers/npy.js';

const golden = new URL('../fixtures/front-ends/rfft512/', import.meta.url).pathname;

describe('createFloat32RealFft512', () => {
  // torch 2.5.1 on x86 with AVX2: noise, windowed tones, an impulse, a constant, noise of 1e-6, windowed noise.
  it('gives the bits of torch.fft.rfft', () => {
    const { shape, data: input } = readNpy<Float32Array>(`${golden}input.npy`);
    const { data: spectrum } = readNpy<Float32Array>(`${golden}spectrum.npy`);
    const fft = createFloat32RealFft512();
    const [re, im] = [new Float64Array(257), new Float64Array(257)];
    expect(shape).toEqual([7, 512]);
    for (let row = 0; row < shape[0]!; row++) {
      fft.transform(Float64Array.from(input.subarray(row * 512, (row + 1) * 512)), re, im);
      const expected = spectrum.subarray(row * 514, (row + 1) * 514);
      // -0 and 0 are one number here.
      const equal = Array.from(expected, (value, n) => value === (n % 2 === 0 ? re : im)[n >> 1]!);
      expect(equal.every(Boolean), `frame ${row}`).toBe(true);
    }
  });

  it('equals the transform in float64 to 3e-5 on unit noise', () => {
    const rng = seededRng('float32-fft');
    const input = Float64Array.from({ length: 512 }, () => Math.fround(rng.normal()));
    const planes = [0, 1, 2, 3].map(() => new Float64Array(257));
    createFloat32RealFft512().transform(input, planes[0]!, planes[1]!);
    createRealFft(512).transform(input, planes[2]!, planes[3]!);
    for (const part of [0, 1]) {
      const differences = planes[part]!.map((value, bin) => Math.abs(value - planes[part + 2]![bin]!));
      expect(Math.max(...differences)).toBeLessThan(3e-5);
    }
  });
});
