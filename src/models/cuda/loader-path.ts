import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { neededLibraries } from './provider-package.js';

export interface LibraryPlace {
  readonly soname: string;
  readonly what: string;
  /** Left out: the loader will not find it. */
  readonly path?: string;
}

/** Where the loader finds each library that the CUDA provider needs: LD_LIBRARY_PATH first, then the system's cache. */
export async function locateLibraries(
  libraries: typeof neededLibraries = neededLibraries,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<readonly LibraryPlace[]> {
  const folders = (environment.LD_LIBRARY_PATH ?? '').split(':').filter((folder) => folder !== '');
  const cached = await cachedLibraries();
  return Promise.all(
    libraries.map(async ({ soname, what }) => {
      const path = (await firstOf(folders.map((folder) => join(folder, soname)))) ?? cached.get(soname);
      return { soname, what, ...(path === undefined ? {} : { path }) };
    }),
  );
}

async function firstOf(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}

/** `ldconfig -p`: "libcuda.so.1 (libc6,x86-64) => /usr/lib/x86_64-linux-gnu/libcuda.so.1"; empty where there is no such program. */
async function cachedLibraries(): Promise<ReadonlyMap<string, string>> {
  const run = promisify(execFile);
  const { stdout } = await run('ldconfig', ['-p'])
    .catch(() => run('/sbin/ldconfig', ['-p']))
    .catch(() => ({ stdout: '' }));
  const found = new Map<string, string>();
  for (const [, soname, path] of stdout.matchAll(/^\s*(\S+) \(.*x86-64.*\) => (\S+)$/gm)) {
    if (!found.has(soname!)) found.set(soname!, path!);
  }
  return found;
}
