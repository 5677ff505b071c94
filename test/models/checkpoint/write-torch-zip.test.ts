import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../src/models/checkpoint/open-checkpoint.js';
import { writeTorchZip } from '../../../src/models/checkpoint/write-torch-zip.js';

describe('writeTorchZip', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-zip-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes what the reader of official files reads back', async () => {
    const path = join(folder, 'state_dict.bin');
    const tensors = [
      { name: 'a.weight', shape: [3, 4] },
      { name: 'ünïcode.bias', shape: [5] },
      { name: 'scalar', shape: [] },
    ];
    const valuesOf = ({
      name,
      shape,
    }: {
      readonly name: string;
      readonly shape: readonly number[];
    }): Float32Array[] => {
      const count = shape.reduce((product, length) => product * length, 1);
      const all = Float32Array.from({ length: count }, (_, index) => name.length + index / 7);
      return [all.subarray(0, 1), all.subarray(1)];
    };
    const texts = { 'xp.cfg': 'dim: 1\nname: "ä"\n' };
    await writeTorchZip(path, tensors, { valuesOf, under: 'best_state', texts, flags: ['exported'] });
    await using checkpoint = await openCheckpoint(path);
    expect(checkpoint.format).toBe('pytorch-zip');
    expect(checkpoint.values.get('xp.cfg')).toBe(texts['xp.cfg']);
    expect(checkpoint.values.get('exported')).toBe(true);
    for (const tensor of tensors) {
      expect(checkpoint.tensors.get(`best_state.${tensor.name}`)?.shape).toEqual(tensor.shape);
      const expected = valuesOf(tensor).flatMap((part) => [...part]);
      expect([...(await checkpoint.readFloat32(`best_state.${tensor.name}`))]).toEqual(expected);
    }
    await expect(writeTorchZip(path, tensors, { valuesOf, under: 'x', texts })).rejects.toThrow('EEXIST');
  });
});
