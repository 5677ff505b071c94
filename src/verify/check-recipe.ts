import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { BenchError } from '../core/errors.js';
import type { EncoderFixture } from './fixture.js';
import { type GoldenInput, isAudioInput, isFrameInput, type Manifest } from './golden.js';
import { audioSamples, elementCount, framePixels, tensorValues } from './recipe.js';

/** Elements hashed at a time: memory stays small for a checkpoint of any size. */
const chunkElements = 1 << 22;

/**
 * Makes inputs and weights of a fixture and compares them with the SHA-256 that it states. Throws a BenchError naming the first that
 * differs: a difference behind it would say nothing about the network.
 */
export function checkRecipe({
  folder,
  golden,
  manifest,
}: Pick<EncoderFixture, 'folder' | 'golden' | 'manifest'>): void {
  for (const input of golden.inputs) checkInput(input, join(folder, 'golden.json'));
  if (manifest !== undefined) checkManifest(manifest, join(folder, 'manifest.json'));
}

function checkInput(input: GoldenInput, file: string): void {
  const made = isAudioInput(input)
    ? audioSamples(input)
    : isFrameInput(input)
      ? framePixels(input, input.check_t)
      : undefined;
  if (made === undefined || !('sha256' in input)) return;
  refuseOther(createHash('sha256').update(bytesOf(made)).digest('hex'), {
    expected: input.sha256,
    file,
    field: input.id,
  });
}

function checkManifest(manifest: Manifest, file: string): void {
  const hash = createHash('sha256');
  for (const row of manifest.tensors.filter(({ kind }) => kind !== 'keep')) {
    const count = elementCount(row.shape);
    for (let start = 0; start < count; start += chunkElements) {
      const end = Math.min(count, start + chunkElements);
      hash.update(bytesOf(tensorValues(row, { seed: manifest.seed, start, end })));
    }
  }
  refuseOther(hash.digest('hex'), { expected: manifest.sha256, file, field: 'tensors' });
}

function bytesOf(values: Float32Array | Uint8Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function refuseOther(got: string, { expected, file, field }: { expected: string; file: string; field: string }): void {
  if (got === expected) return;
  throw new BenchError({
    code: 'recipe-differs',
    kind: 'input',
    file,
    field,
    problem: 'the values made by the recipe are not those of the fixture',
    expected: `SHA-256 ${expected}`,
    got,
    remedy: 'Make the fixture again',
  });
}
