import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  bindingFolder,
  installProvider,
  type ProviderArchive,
  providerState,
  removeProvider,
} from '../../../src/models/cuda/install-provider.js';
import { locateLibraries } from '../../../src/models/cuda/loader-path.js';
import { archiveUrl, providerPackage } from '../../../src/models/cuda/provider-package.js';
import { probeProvider } from '../../../src/models/provider-probe.js';
import { onnxruntimeVersion } from '../../../src/models/session.js';

let work: string;
let target: string;
let archive: ProviderArchive;
const contents = { 'libone.so': 'first', 'libtwo.so': 'second' };

async function pack(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(work, 'pack-'));
  await mkdir(join(root, 'package/x64'), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, 'package/x64', name), text);
  const file = join(root, 'provider.tgz');
  await create({ file, cwd: root, gzip: true }, ['package']);
  return file;
}

beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'bench-provider-'));
  target = join(work, 'binding');
  await mkdir(target);
  await writeFile(join(target, 'libonnxruntime.so.1'), 'the runtime');
  archive = {
    onnxruntimeVersion: onnxruntimeVersion(),
    folder: 'package/x64',
    files: Object.entries(contents).map(([name, text]) => ({
      name,
      sha256: createHash('sha256').update(text).digest('hex'),
    })),
  };
});
afterEach(() => rm(work, { recursive: true }));

describe('the CUDA provider', () => {
  it('is pinned to the onnxruntime that is installed, and lies beside it', async () => {
    expect(providerPackage.onnxruntimeVersion).toBe(onnxruntimeVersion());
    expect(await readdir(bindingFolder())).toContain('onnxruntime_binding.node');
    expect(archiveUrl('https://registry.example/')).toBe(
      `https://registry.example/${providerPackage.name}/-/${providerPackage.name}-0.4.9.tgz`,
    );
  });

  it('is installed from an archive, recognised, and taken away again', async () => {
    expect(await providerState(target, archive)).toBe('absent');
    await installProvider(await pack({ ...contents, 'other.txt': 'not wanted' }), target, archive);
    expect(await providerState(target, archive)).toBe('installed');
    expect((await readdir(target)).sort()).toEqual(['libone.so', 'libonnxruntime.so.1', 'libtwo.so']);
    await writeFile(join(target, 'libtwo.so'), 'changed');
    expect(await providerState(target, archive)).toBe('changed');
    expect(await removeProvider(target, archive)).toBe(true);
    expect(await readdir(target)).toEqual(['libonnxruntime.so.1']);
    expect(await removeProvider(target, archive)).toBe(false);
  });

  it.each([
    ['a file that is not an archive', async () => join(target, 'libonnxruntime.so.1'), 'archive-not-readable'],
    ['another file of the same name', () => pack({ ...contents, 'libtwo.so': 'tampered' }), 'archive-differs'],
    ['an archive without one of the files', () => pack({ 'libone.so': 'first' }), 'archive-differs'],
  ])('refuses %s and leaves nothing behind', async (_, file, code) => {
    await expect(installProvider(await file(), target, archive)).rejects.toMatchObject({ code });
    expect(await readdir(target)).toEqual(['libonnxruntime.so.1']);
    expect(await readFile(join(target, 'libonnxruntime.so.1'), 'utf8')).toBe('the runtime');
  });

  it('refuses another version of onnxruntime', async () => {
    const other = { ...archive, onnxruntimeVersion: '9.9.9' };
    await expect(installProvider(await pack(contents), target, other)).rejects.toMatchObject({
      code: 'onnxruntime-version-differs',
    });
  });
});

describe('locateLibraries', () => {
  it('looks along LD_LIBRARY_PATH first, then in the system’s cache, and says what is missing', async () => {
    await writeFile(join(target, 'libmade-up.so.1'), '');
    const libraries = [
      { soname: 'libmade-up.so.1', what: 'a file' },
      { soname: 'libc.so.6', what: 'the C library' },
      { soname: 'libnowhere.so.7', what: 'nothing' },
    ];
    const found = await locateLibraries(libraries, { LD_LIBRARY_PATH: `/nowhere:${target}` });
    expect(found[0]?.path).toBe(join(target, 'libmade-up.so.1'));
    expect(found[1]?.path).toMatch(/libc\.so\.6$/);
    expect(found[2]).toEqual({ soname: 'libnowhere.so.7', what: 'nothing' });
  });
});

describe('probeProvider', () => {
  it('computes on the processor', async () => {
    expect(await probeProvider('cpu')).toMatchObject({ status: 'ok', value: expect.stringContaining('error') });
  });
});
