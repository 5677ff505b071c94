import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { matchOutputs } from '../../src/run/match-outputs.js';

async function folderWith(...paths: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'outputs-'));
  for (const path of paths) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), path);
  }
  return folder;
}

describe('matchOutputs', () => {
  it('matches files by clip id, with any extension, and lists the rest', async () => {
    const folder = await folderWith('a.wav', 'b.1.flac', 'stranger.wav', 'notes/readme.txt', '.hidden');
    const matched = await matchOutputs(folder, ['a', 'b.1', 'c']);
    expect([...matched.files.keys()]).toEqual(['a/0', 'b.1/0']);
    expect(matched.missing).toEqual(['c/0']);
    expect(matched.unknown).toEqual(['notes/readme.txt', 'stranger.wav']);
  });

  it('takes ID/SEED.ext as several generations, and every clip must have each', async () => {
    const matched = await matchOutputs(await folderWith('a/0.wav', 'a/7.wav', 'b/7.ogg', 'b/x.ogg'), ['a', 'b']);
    expect(matched.seeds).toEqual([0, 7]);
    expect(matched.missing).toEqual(['b/0']);
    expect(matched.unknown).toEqual(['b/x.ogg']);
  });

  it('refuses two files for one clip instead of guessing', async () => {
    await expect(matchOutputs(await folderWith('a.wav', 'a.mp3'), ['a'])).rejects.toThrow('is a second file for a/0');
  });

  it('refuses a folder that is not there, with what to give', async () => {
    await expect(matchOutputs('/no/such/folder', ['a'])).rejects.toThrow(/is not a folder.*--outputs NAME=FOLDER/);
  });

  it('has another identity when a file changes', async () => {
    const folder = await folderWith('a.wav');
    const before = (await matchOutputs(folder, ['a'])).contentHash;
    await writeFile(join(folder, 'a.wav'), 'changed');
    expect((await matchOutputs(folder, ['a'])).contentHash).not.toBe(before);
  });
});
