import { describe, expect, it } from 'vitest';
import { detectOnsets, librosaPeakPicking, onsetStrength } from '../../src/dsp/onsets.js';
import { expectAllClose } from '../helpers/all-close.js';
import { clickCases, clickSound } from '../helpers/click-cases.js';

const sampleRateHz = 22050;
const cases = clickCases();

describe('onsetStrength', () => {
  it.each(cases)('equals librosa 0.11: $id', ({ signal, out }) => {
    const sound = clickSound(signal);
    for (const [index, value] of Object.entries(out.x_probe)) expect(sound[Number(index)]).toBeCloseTo(value, 7);
    expectAllClose(onsetStrength(sound, { sampleRateHz }), out.onset_strength, { atol: 2e-4 });
  });

  it('has one value for each started hop, also for very short sound', () => {
    expect(onsetStrength(new Float32Array(100), { sampleRateHz }).length).toBe(1);
    expect(onsetStrength(new Float32Array(1024), { sampleRateHz }).length).toBe(3);
  });

  it('does not change with the level of loud sound', () => {
    const [{ signal }] = cases as [(typeof cases)[number]];
    const sound = clickSound(signal);
    const louder = onsetStrength(
      sound.map((value) => 4 * value),
      { sampleRateHz },
    );
    expectAllClose(louder, onsetStrength(sound, { sampleRateHz }), { atol: 1e-9 });
  });

  it('refuses empty and non-finite sound by name', () => {
    expect(() => onsetStrength(new Float32Array(0), { sampleRateHz })).toThrow(/empty/);
    expect(() => onsetStrength(Float32Array.of(0, Number.NaN), { sampleRateHz })).toThrow(/NaN at sample 1/);
  });
});

describe('detectOnsets', () => {
  it('has cases', () => {
    expect(cases.length).toBe(3);
  });

  it.each(cases)('equals librosa 0.11: $id', ({ signal, out }) => {
    const times = detectOnsets(clickSound(signal), { sampleRateHz });
    expectAllClose(times, out.onset_times, { atol: 1e-12 });
    expect(Array.from(times, (time) => Math.round((time * sampleRateHz) / 512))).toEqual(out.onset_frames);
  });

  it.each(cases)('equals librosa 0.11 with the peak picking of D2M-GAN and of LORIS: $id', ({ signal, out }) => {
    const sound = clickSound(signal);
    const d2mGan = { wait: 1, delta: 0.2, preAverage: 1, postAverage: 1, postMax: 1 };
    const loris = { wait: 1, delta: 0.2, preAverage: 3, postAverage: 3, preMax: 3, postMax: 3 };
    expectAllClose(detectOnsets(sound, { sampleRateHz, peakPicking: d2mGan }), out.d2m_gan_onset_times, {
      atol: 1e-12,
    });
    expectAllClose(detectOnsets(sound, { sampleRateHz, peakPicking: loris }), out.loris_onset_times, { atol: 1e-12 });
  });

  it('finds none in silence and in very short sound', () => {
    expect(detectOnsets(new Float32Array(sampleRateHz), { sampleRateHz }).length).toBe(0);
    expect(detectOnsets(new Float32Array(100).fill(0.5), { sampleRateHz }).length).toBe(0);
  });

  it('finds the edge of a constant, as librosa does (case librosa-deg-dc)', () => {
    const times = detectOnsets(new Float32Array(2 * sampleRateHz).fill(0.5), { sampleRateHz });
    expect([...times]).toEqual([(3 * 512) / sampleRateHz]);
  });

  it('refuses empty sound', () => {
    expect(() => detectOnsets(new Float32Array(0), { sampleRateHz })).toThrow(RangeError);
  });
});

describe('librosaPeakPicking', () => {
  it('has the documented frame counts at 22050 Hz', () => {
    const expected = { preMax: 1, postMax: 1, preAverage: 4, postAverage: 5, delta: 0.07, wait: 1 };
    expect(librosaPeakPicking(22050)).toEqual(expected);
  });
});
