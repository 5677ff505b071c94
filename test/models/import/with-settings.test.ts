import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withSettings } from '../../../src/models/import/with-settings.js';
import { memoryCheckpoint, waves } from '../../helpers/memory-checkpoint.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'settings-'));
});
afterEach(() => rm(folder, { recursive: true }));

const inFolder = () => ({ ...memoryCheckpoint({ w: waves([4]) }), file: join(folder, 'model.safetensors') });

describe('withSettings', () => {
  it('adds config.json of the folder to the values and keeps the tensors', async () => {
    await writeFile(join(folder, 'config.json'), '{"pad_mode": "reflect"}');
    const checkpoint = { ...inFolder(), values: new Map([['version', '1']]) };
    const own = await withSettings(checkpoint);
    expect([...own.values]).toEqual([
      ['version', '1'],
      ['config.json', '{"pad_mode": "reflect"}'],
    ]);
    expect([...checkpoint.values.keys()]).toEqual(['version']);
    expect(own.tensors).toBe(checkpoint.tensors);
    expect(await own.readFloat32('w', { start: 1, end: 3 })).toEqual(waves([4]).data.slice(1, 3));
  });

  it('gives the checkpoint back where there is none', async () => {
    const checkpoint = inFolder();
    expect(await withSettings(checkpoint)).toBe(checkpoint);
  });

  it('fails where there is one that cannot be read', async () => {
    await mkdir(join(folder, 'config.json'));
    await expect(withSettings(inFolder())).rejects.toMatchObject({ code: 'EISDIR' });
  });
});
