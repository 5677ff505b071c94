import { describe, expect, it } from 'vitest';
import { longTermSpectrum } from '../../src/dsp/long-term-spectrum.js';

const sampleRateHz = 40960;
/** On bin 100 of 4096. */
const sine = (seconds: number, amplitude: number): Float32Array =>
  Float32Array.from({ length: seconds * sampleRateHz }, (_, n) => amplitude * Math.sin((2 * Math.PI * 100 * n) / 4096));

describe('longTermSpectrum', () => {
  it('has a sine at its bin with the power (a N / 4)² of the Hann window', () => {
    const spectrum = longTermSpectrum({ sampleRateHz, channels: [sine(1, 0.5)] });
    if (spectrum.status !== 'ok') throw new Error('no spectrum');
    expect(spectrum.value.binHz).toBe(10);
    expect(spectrum.value.power[100]).toBeCloseTo((0.5 * 1024) ** 2, 1);
    expect(spectrum.value.power[103]! / spectrum.value.power[100]!).toBeLessThan(1e-9);
  });

  it('is the mean over channels and time', () => {
    const half = longTermSpectrum({ sampleRateHz, channels: [sine(1, 0.5), new Float32Array(sampleRateHz)] });
    if (half.status !== 'ok') throw new Error('no spectrum');
    expect(half.value.power[100]).toBeCloseTo((0.5 * 1024) ** 2 / 2, 1);
  });

  it('leaves out a rest at the end, which would ring', () => {
    const whole = longTermSpectrum({ sampleRateHz, channels: [sine(1, 0.5).subarray(0, 4096 + 2047)] });
    expect(whole).toEqual(longTermSpectrum({ sampleRateHz, channels: [sine(1, 0.5).subarray(0, 4096)] }));
  });

  it('is not defined for silence and less than a window', () => {
    expect(longTermSpectrum({ sampleRateHz, channels: [new Float32Array(5000)] }).status).toBe('skipped');
    expect(longTermSpectrum({ sampleRateHz, channels: [sine(1, 1).subarray(0, 4095)] })).toEqual({
      status: 'skipped',
      reason: 'shorter than the 4096 samples that a spectrum needs',
    });
  });
});
