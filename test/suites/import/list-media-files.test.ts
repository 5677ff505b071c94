import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listMediaFiles } from '../../../src/suites/import/list-media-files.js';

describe('listMediaFiles', () => {
  it('follows links to files and folders, reads no folder twice, and passes hidden ones over', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bench-list-'));
    const elsewhere = await mkdtemp(join(tmpdir(), 'bench-elsewhere-'));
    await writeFile(join(elsewhere, 'far.mp4'), '');
    await mkdir(join(folder, 'a', '.cache'), { recursive: true });
    for (const name of ['a/b.wav', 'a/.cache/c.mp4', '.d.mp4']) await writeFile(join(folder, name), '');
    await symlink(elsewhere, join(folder, 'linked'));
    await symlink(join(elsewhere, 'far.mp4'), join(folder, 'a', 'near.mp4'));
    await symlink(folder, join(folder, 'a', 'round'));
    await symlink(join(folder, 'nowhere'), join(folder, 'dead.mp4'));
    expect(await listMediaFiles(folder)).toEqual(['a/b.wav', 'a/near.mp4', 'linked/far.mp4']);
  });

  it('refuses what is no folder', async () => {
    await expect(listMediaFiles(join(tmpdir(), 'bench-no-such-folder'))).rejects.toThrow('there is no such folder');
  });
});
