import { readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

export interface CacheEntry {
  readonly path: string;
  /** `features`, `suites` … : the folder under the cache root. */
  readonly kind: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** Where made media and features live: the option, else BENCH_CACHE_DIR, else the platform's cache folder. */
export function cacheDirectory(option: string | undefined): string {
  return resolve(option ?? process.env.BENCH_CACHE_DIR ?? envPaths('v2m-bench', { suffix: '' }).cache);
}

export async function listCache(root: string): Promise<CacheEntry[]> {
  const files = await readdir(root, { recursive: true, withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const entries = files
    .filter((file) => file.isFile())
    .map(async (file): Promise<CacheEntry> => {
      const path = join(file.parentPath, file.name);
      const { size, mtimeMs } = await stat(path);
      const kind = path.slice(root.length + 1).split(/[\\/]/)[0] ?? '';
      return { path, kind, bytes: size, modifiedMs: mtimeMs };
    });
  return Promise.all(entries);
}

/** Which entries to delete: those older than the limit, then the oldest until the rest fits. Pure. */
export function entriesToPrune(
  entries: readonly CacheEntry[],
  limits: { readonly modifiedBeforeMs?: number; readonly maxBytes?: number },
): CacheEntry[] {
  const oldestFirst = [...entries].sort((a, b) => a.modifiedMs - b.modifiedMs);
  let remaining = oldestFirst.reduce((sum, entry) => sum + entry.bytes, 0);
  return oldestFirst.filter((entry) => {
    const tooOld = limits.modifiedBeforeMs !== undefined && entry.modifiedMs < limits.modifiedBeforeMs;
    const tooMuch = limits.maxBytes !== undefined && remaining > limits.maxBytes;
    if (!tooOld && !tooMuch) return false;
    remaining -= entry.bytes;
    return true;
  });
}

export async function removeEntries(entries: readonly CacheEntry[]): Promise<void> {
  await Promise.all(entries.map((entry) => rm(entry.path, { force: true })));
}
