import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockRunFolder } from '../../src/store/run-lock.js';

const freshFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'run-lock-'));

describe('lockRunFolder', () => {
  it('frees the folder when it is disposed of', async () => {
    const folder = await freshFolder();
    await (await lockRunFolder(folder))[Symbol.asyncDispose]();
    await (await lockRunFolder(folder))[Symbol.asyncDispose]();
  });

  it('refuses while another living process has it', async () => {
    const folder = await freshFolder();
    await writeFile(join(folder, 'lock'), '1');
    await expect(lockRunFolder(folder)).rejects.toThrow('another process (1) is working on this run');
  });

  it('takes over from a process that is gone', async () => {
    const folder = await freshFolder();
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await writeFile(join(folder, 'lock'), String(pid));
    await lockRunFolder(folder);
    expect(await readFile(join(folder, 'lock'), 'utf8')).toBe(String(process.pid));
  });

  it('takes over a torn lock file', async () => {
    const folder = await freshFolder();
    await writeFile(join(folder, 'lock'), '');
    await lockRunFolder(folder);
  });
});
