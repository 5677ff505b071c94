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

const kinds: readonly ResamplerKind[] = ['torchaudioHann', 'kaiserBest'];

describe('createResampler', () => {
  it.each(golden.outputs)('equals torchaudio: $file', ({ file, tol_abs }) => {
    const [fromHz, toHz] = file.split(/[_.]/).map(Number) as [number, number];
    const kind = file.includes('kaiser') ? 'kaiserBest' : 'torchaudioHann';
    const output = createResampler({ fromHz, toHz, kind }).process(inputAt(fromHz));
    expectAllClose(output, readNpy<Float32Array>(`${folder}${file}`).data, { atol: tol_abs });
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
