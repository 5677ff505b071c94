import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkRecipe } from '../../src/verify/check-recipe.js';
import { isAudioInput, isFrameInput, parseGolden, parseManifest } from '../../src/verify/golden.js';
import { audioSamples, fnv1a32, framePixels, tensorValues, uniformAt } from '../../src/verify/recipe.js';
import { recipeCheckpoint } from '../../src/verify/recipe-checkpoint.js';

/** Inputs of the official fixtures, and a small manifest; every SHA-256 was taken by the recipe's reference program. */
const path = fileURLToPath(new URL('../fixtures/verify/recipe.json', import.meta.url));
const json = await readFile(path, 'utf8');
const golden = parseGolden(json, path);
const manifest = parseManifest(JSON.stringify(JSON.parse(json).manifest), path);

const sha256 = (values: Float32Array | Uint8Array): string =>
  createHash('sha256')
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');

describe('recipe', () => {
  it('hashes names by FNV-1a', () => {
    // Vectors of the FNV reference code (draft-eastlake-fnv, appendix C).
    expect([fnv1a32(''), fnv1a32('a'), fnv1a32('foobar')]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
  });

  it.each(golden.inputs.filter(isAudioInput).map((input) => [input.id, input] as const))(
    'makes the sound %s bit for bit',
    (_, input) => {
      expect(sha256(audioSamples(input))).toBe(input.sha256);
    },
  );

  it.each(golden.inputs.filter(isFrameInput).map((input) => [input.id, input] as const))(
    'makes the pictures %s bit for bit',
    (_, input) => {
      expect(sha256(framePixels(input, input.check_t))).toBe(input.sha256);
      expect(sha256(framePixels(input, input.check_t + 1))).not.toBe(input.sha256);
    },
  );

  it('gives any part of a stream alone', async () => {
    const row = manifest.tensors[0]!;
    const whole = tensorValues(row, { seed: 5 });
    expect(tensorValues(row, { seed: 5, start: 100, end: 130 })).toEqual(whole.subarray(100, 130));
    expect(uniformAt(1, 0)).not.toBe(uniformAt(1, 1));
  });

  it('accepts a fixture whose hashes hold and refuses one whose seed, name or sound differs', () => {
    const folder = 'fixture';
    expect(() => checkRecipe({ folder, golden, manifest })).not.toThrow();
    expect(() => checkRecipe({ folder, golden, manifest: { ...manifest, seed: 78 } })).toThrow(
      /manifest\.json: tensors/,
    );
    const inputs = golden.inputs.map((input) => (isAudioInput(input) ? { ...input, n: input.n - 1 } : input));
    expect(() => checkRecipe({ folder, golden: { ...golden, inputs }, manifest })).toThrow(/golden\.json: tone2_15600/);
  });
});

describe('recipe checkpoint', () => {
  it('lists all rows, and has values but for those that the official code computes itself', async () => {
    await using checkpoint = recipeCheckpoint(manifest, 'manifest.json');
    expect(checkpoint.tensors.get('window')?.shape).toEqual([512]);
    expect(checkpoint.tensors.get('features.0.weight')).toEqual({
      name: 'features.0.weight',
      shape: [64, 1, 3, 3],
      type: 'float32',
    });
    expect(await checkpoint.readFloat32('step')).toHaveLength(1);
    const part = await checkpoint.readFloat32('features.0.bias', { start: 3, end: 9 });
    expect(part).toEqual((await checkpoint.readFloat32('features.0.bias')).subarray(3, 9));
    await expect(checkpoint.readFloat32('window')).rejects.toMatchObject({ code: 'tensor-not-found' });
  });
});
