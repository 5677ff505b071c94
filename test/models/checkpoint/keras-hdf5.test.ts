import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BenchError } from '../../../src/core/errors.js';
import { seededRng } from '../../../src/core/rng.js';
import { memorySource } from '../../../src/models/checkpoint/byte-source.js';
import type { Checkpoint } from '../../../src/models/checkpoint/checkpoint.js';
import { checkpointLimits } from '../../../src/models/checkpoint/limits.js';
import { openCheckpoint, openCheckpointSource } from '../../../src/models/checkpoint/open-checkpoint.js';

/** Written by Keras 2.13 (test/fixtures/encoders/openl3_mel256/golden.py): each tensor counts up in eighths. */
const path = (name: string): string => fileURLToPath(new URL(`../../fixtures/checkpoints/${name}`, import.meta.url));
const [weights, wholeModel] = [path('keras-2.13.h5'), path('keras-whole-model.h5.gz')];
const opened = (bytes: Uint8Array): Promise<Checkpoint> => openCheckpointSource(memorySource(bytes, 'model.h5'));

describe.each([
  ['weights with texts of any length', weights],
  ['a whole model with texts of one length, in gzip', wholeModel],
])('openCheckpoint of a Keras file: %s', (_, file) => {
  it('numbers the layers that have weights and reads them whole or in part', async () => {
    await using checkpoint = await openCheckpoint(file);
    expect(checkpoint.format).toBe('keras-hdf5');
    expect([...checkpoint.tensors.values()]).toEqual([
      { name: 'layers.0.kernel', type: 'float32', shape: [3, 2, 1, 4] },
      { name: 'layers.0.bias', type: 'float32', shape: [4] },
      ...['gamma', 'beta', 'moving_mean', 'moving_variance'].map((leaf) => ({
        ...{ name: `layers.1.${leaf}`, type: 'float32', shape: [4] },
      })),
      { name: 'layers.2.kernel', type: 'float32', shape: [120, 3] },
    ]);
    expect(Object.fromEntries(checkpoint.values)).toEqual({
      'layers.0': 'conv',
      'layers.1': 'norm',
      'layers.2': 'dense',
    });
    const kernel = Float32Array.from({ length: 24 }, (_, index) => index / 8);
    expect(await checkpoint.readFloat32('layers.0.kernel')).toEqual(kernel);
    expect(await checkpoint.readFloat32('layers.2.kernel', { start: 354, end: 360 })).toEqual(
      Float32Array.from({ length: 6 }, (_, index) => (354 + index) / 8),
    );
    await expect(checkpoint.readFloat32('layers.0.gain')).rejects.toThrow(
      'layers.0.gain: the file has no tensor of this name',
    );
    await expect(checkpoint.readFloat32('layers.0.bias', { start: 0, end: 5 })).rejects.toThrow('elements 0 to 5 of 4');
  });
});

/** The file with the first place of `from` overwritten. */
async function changed(from: string, to: Uint8Array | string): Promise<Uint8Array> {
  const bytes = await readFile(weights);
  const at = bytes.indexOf(from, 0, 'latin1');
  expect(at).toBeGreaterThan(0);
  bytes.set(Buffer.from(to as string, 'latin1'), at);
  return bytes;
}

describe('Keras files that do not hold what they should', () => {
  it('are refused with what is missing', async () => {
    await expect(opened(await changed('layer_names', 'other_names'))).rejects.toMatchObject({
      code: 'checkpoint-refused',
      message: expect.stringContaining('holds no weights of a Keras model'),
    });
    await expect(opened(await changed('weight_names', 'weights_name'))).resolves.toBeDefined();
  });

  it('are damaged where they are cut or a name leads nowhere', async () => {
    const bytes = await readFile(weights);
    await expect(opened(bytes.subarray(0, 900))).rejects.toMatchObject({ code: 'checkpoint-damaged' });
    await expect(opened(await changed('gamma:0', 'gamme:0'))).rejects.toMatchObject({ code: 'checkpoint-damaged' });
  });

  it('are damaged where a shape is larger than the file', async () => {
    const shape = Buffer.alloc(16);
    shape.writeBigUInt64LE(120n);
    shape.writeBigUInt64LE(3n, 8);
    const wide = Buffer.from(shape);
    wide.writeBigUInt64LE(120_000n);
    await expect(opened(await changed(shape.toString('latin1'), wide))).rejects.toThrow(
      /dense\/kernel:0: the tensor reaches beyond its storage.*360000/s,
    );
  });
});

describe('HDF5 that lies', () => {
  it('is damaged where a group leads back to itself, and the walk ends', async () => {
    const bytes = await readFile(weights);
    const tree = bytes.indexOf('TREE');
    bytes[tree + 5] = 1;
    bytes.writeBigUInt64LE(BigInt(tree), tree + 32);
    await expect(opened(bytes)).rejects.toThrow('a group leads back to itself');
  });

  it('is damaged where a list of names is longer than its place', async () => {
    const bytes = gunzipSync(await readFile(wholeModel));
    // Behind the name and the type stands the shape: six layers.
    const name = bytes.indexOf('layer_names');
    const at = bytes.indexOf(Buffer.from('0600000000000000', 'hex'), name);
    expect(at - name).toBeLessThan(64);
    for (const length of [7n, 2n ** 31n, 2n ** 60n]) {
      bytes.writeBigUInt64LE(length, at);
      await expect(opened(bytes)).rejects.toMatchObject({ code: 'checkpoint-damaged' });
    }
  });

  it.each([
    ['a superblock of version 2', 8, 2],
    ['addresses of 4 bytes', 13, 4],
  ])('is refused by name: %s', async (what, at, value) => {
    const bytes = await readFile(weights);
    bytes[at] = value;
    await expect(opened(bytes)).rejects.toMatchObject({
      code: 'checkpoint-refused',
      message: expect.stringContaining(what),
    });
  });
});

describe('gzip', () => {
  it('holds one file, is whole and has a limit', async () => {
    const bytes = await readFile(weights);
    const packed = gzipSync(bytes);
    await expect(opened(gzipSync(packed))).rejects.toThrow('not a checkpoint');
    await expect(opened(packed.subarray(0, 1000))).rejects.toMatchObject({ code: 'checkpoint-damaged' });
    const tooLong = gzipSync(Buffer.alloc(checkpointLimits.wholeFileBytes + 1), { level: 1 });
    await expect(opened(tooLong)).rejects.toMatchObject({ code: 'checkpoint-refused' });
  });
});

describe('1,500 mutated Keras files', () => {
  it('are refused cleanly or give sound tensors, and never anything else', async () => {
    const rng = seededRng('keras-fuzz', 1);
    const files = [await readFile(weights), gunzipSync(await readFile(wholeModel))];
    const outcomes = { refused: 0, sound: 0 };
    for (let round = 0; round < 1500; round++) {
      const bytes = Buffer.from(files[round % 2]!);
      // Structures lie in the first part of the file and between the tensors.
      for (let change = 0; change < 12; change++) bytes[rng.integer(bytes.length)] = rng.integer(256);
      try {
        await using checkpoint = await opened(bytes);
        for (const { name, shape } of checkpoint.tensors.values())
          expect((await checkpoint.readFloat32(name)).length).toBe(shape.reduce((product, one) => product * one, 1));
        outcomes.sound++;
      } catch (error) {
        if (!(error instanceof BenchError)) throw new Error(`round ${round} of the seed`, { cause: error });
        outcomes.refused++;
      }
    }
    expect(outcomes.refused).toBeGreaterThan(200);
    expect(outcomes.sound).toBeGreaterThan(100);
  }, 120_000);
});
