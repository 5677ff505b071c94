import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/core/hash.js';
import { createResampler, type ResamplerKind } from '../../src/dsp/resample.js';
import { expectAllClose } from '../helpers/all-close.js';
import { readNpy } from '../helpers/npy.js';
import { type AudioRecipe, recipeAudio } from '../helpers/recipe-audio.js';

const folder = fileURLToPath(new URL('../fixtures/resample/', import.meta.url));

interface Golden {
  readonly inputs: readonly AudioRecipe[];
  readonly outputs: readonly { readonly file: string; readonly tol_abs: number }[];
}

const golden = JSON.parse(readFileSync(`${folder}golden.json`, 'utf8')) as Golden;

function inputAt(rateHz: number): Float32Array {
  const recipe = golden.inputs.find(({ sr }) => sr === rateHz) as AudioRecipe;
  const audio = recipeAudio(recipe);
  expect(sha256Hex(new Uint8Array(audio.buffer)), 'the input is the one that the golden values were made from').toBe(
    recipe.sha256,
  );
  return audio;
}

function sine(length: number, cyclesPerSample: number): Float32Array {
  return Float32Array.from({ length }, (_, n) => Math.sin(2 * Math.PI * cyclesPerSample * n));
}

const kinds: readonly ResamplerKind[] = [
  'torchaudioHann',
  'kaiserBest',
  'juliusFrac',
  'resampyKaiserBest',
  'resampy02KaiserBest',
  'soxrHq',
];

/** The converters by the names of the golden files. */
const kindOf: Readonly<Record<string, ResamplerKind>> = {
  torchaudio_default: 'torchaudioHannFloat32',
  torchaudio_kaiser_fadtk: 'kaiserBest',
  julius_audiocraft: 'juliusFrac',
  resampy_kaiser_best: 'resampyKaiserBest',
  resampy_02_kaiser_best: 'resampy02KaiserBest',
  soxr_hq_librosa: 'soxrHq',
};

describe('createResampler', () => {
  it.each(golden.outputs)('equals the official library: $file', ({ file, tol_abs }) => {
    const [fromHz, toHz] = file.split(/[_.]/).map(Number) as [number, number];
    const output = createResampler({ fromHz, toHz, kind: kindOf[file.split('.')[1]!]! }).process(inputAt(fromHz));
    expectAllClose(output, readNpy<Float32Array>(`${folder}${file}`).data, { atol: tol_abs });
  });

  it.each(golden.outputs.filter(({ file }) => file.includes('default')))(
    'equals torchaudio with float64 taps to its own rounding: $file',
    ({ file, tol_abs }) => {
      const [fromHz, toHz] = file.split(/[_.]/).map(Number) as [number, number];
      const output = createResampler({ fromHz, toHz, kind: 'torchaudioHann' }).process(inputAt(fromHz));
      expectAllClose(output, readNpy<Float32Array>(`${folder}${file}`).data, { atol: tol_abs });
    },
  );

  it.each([
    ['juliusFrac', Math.floor],
    ['resampyKaiserBest', Math.floor],
    ['resampy02KaiserBest', Math.floor],
    ['soxrHq', Math.ceil],
  ] as const)('%s has the length of its library', (kind, round) => {
    const { process } = createResampler({ fromHz: 44100, toHz: 16000, kind });
    for (const length of [0, 1, 2, 441, 1000])
      expect(process(new Float32Array(length)).length).toBe(round((length * 160) / 441));
  });

  it('juliusFrac keeps a constant up to the ends', () => {
    const output = createResampler({ fromHz: 44100, toHz: 16000, kind: 'juliusFrac' }).process(
      new Float32Array(500).fill(0.5),
    );
    for (const sample of output) expect(sample).toBeCloseTo(0.5, 6);
  });

  it.each([
    [96000, 16000],
    [192000, 44100],
    [8000, 48000],
    [88200, 48000],
    [11025, 48000],
  ])('soxrHq keeps a tone from %i to %i Hz: halvings, plain and phased stages in any mix', (fromHz, toHz) => {
    const output = createResampler({ fromHz, toHz, kind: 'soxrHq' }).process(sine(fromHz, 1000 / fromHz));
    const expected = sine(toHz, 1000 / toHz);
    expectAllClose(output.subarray(2000, toHz - 2000), expected.subarray(2000, toHz - 2000), { atol: 2e-5 });
  });

  it('copies when the rates are equal', () => {
    const input = Float32Array.of(1, -2, 3);
    const output = createResampler({ fromHz: 8000, toHz: 8000, kind: 'kaiserBest' }).process(input);
    expect([...output]).toEqual([1, -2, 3]);
    expect(output.buffer).not.toBe(input.buffer);
  });

  it.each([0, 1, 2, 440, 441, 442, 11025])('makes ceil(n * to / from) samples of %i', (length) => {
    const { process } = createResampler({ fromHz: 44100, toHz: 16000, kind: 'torchaudioHann' });
    expect(process(new Float32Array(length)).length).toBe(Math.ceil((length * 160) / 441));
  });

  it.each(kinds)('%s keeps a tone below both Nyquist frequencies', (kind) => {
    const output = createResampler({ fromHz: 48000, toHz: 44100, kind }).process(sine(48000, 1000 / 48000));
    const expected = sine(44100, 1000 / 44100);
    expectAllClose(output.subarray(500, 43000), expected.subarray(500, 43000), { atol: 0.005 });
  });

  it('kaiserBest removes a tone above the new Nyquist frequency', () => {
    const output = createResampler({ fromHz: 48000, toHz: 16000, kind: 'kaiserBest' }).process(
      sine(48000, 9000 / 48000),
    );
    expect(Math.max(...output.subarray(500, 15500).map(Math.abs))).toBeLessThan(1e-4);
  });

  it('is linear and gives the same samples again', () => {
    const { process } = createResampler({ fromHz: 22050, toHz: 16000, kind: 'torchaudioHann' });
    const input = inputAt(22050);
    const once = process(input);
    expect(process(input)).toEqual(once);
    expect(process(input.map((value) => 0.5 * value))).toEqual(once.map((value) => 0.5 * value));
  });

  it.each([0, -1, 44100.5, Number.NaN])('refuses a rate of %d', (hz) => {
    expect(() => createResampler({ fromHz: hz, toHz: 16000, kind: 'kaiserBest' })).toThrow(/whole numbers of hertz/);
    expect(() => createResampler({ fromHz: 16000, toHz: hz, kind: 'kaiserBest' })).toThrow(/whole numbers of hertz/);
  });
});
