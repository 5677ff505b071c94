import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { BenchError } from '../core/errors.js';
import { hashFile } from '../media/hash-file.js';

export interface MatchedOutputs {
  /** Path by `clipId/seed`. */
  readonly files: ReadonlyMap<string, string>;
  readonly seeds: readonly number[];
  /** `clipId/seed` without a file. */
  readonly missing: readonly string[];
  /** Files that belong to no clip, relative to the folder. */
  readonly unknown: readonly string[];
  /** Changes when any matched file changes. */
  readonly contentHash: string;
}

/**
 * Pairs ready-made audio with clips by name: `ID.wav` (seed 0) or `ID/SEED.wav`, with any extension of a sound format.
 * Two files for one clip and seed are refused: guessing which one is meant would score the wrong music.
 */
export async function matchOutputs(folder: string, clipIds: readonly string[]): Promise<MatchedOutputs> {
  const known = new Set(clipIds);
  const files = new Map<string, string>();
  const unknown: string[] = [];
  for (const path of await listFiles(folder)) {
    const match = matchOf(relative(folder, path), known);
    if (match === undefined) unknown.push(relative(folder, path));
    else addOnce(files, `${match.clipId}/${match.seed}`, path);
  }
  const seeds = [...new Set([...files.keys()].map((key) => Number(key.slice(key.lastIndexOf('/') + 1))))];
  const wantedSeeds = (seeds.length > 0 ? seeds : [0]).sort((a, b) => a - b);
  const wanted = clipIds.flatMap((clipId) => wantedSeeds.map((seed) => `${clipId}/${seed}`));
  return {
    files,
    seeds: wantedSeeds,
    missing: wanted.filter((key) => !files.has(key)),
    unknown,
    contentHash: await hashOfFiles(files),
  };
}

async function listFiles(folder: string): Promise<string[]> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    throw new BenchError({
      code: 'no-outputs-folder',
      kind: 'usage',
      file: folder,
      problem: 'is not a folder',
      remedy: 'Give --outputs NAME=FOLDER with one sound file per clip, named by the clip’s id',
    });
  }
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function matchOf(path: string, known: ReadonlySet<string>): { clipId: string; seed: number } | undefined {
  const parts = path.split(/[\\/]/);
  const stem = parts.at(-1)!.slice(0, -extname(path).length || undefined);
  if (parts.length === 1 && known.has(stem)) return { clipId: stem, seed: 0 };
  const isSeed = parts.length === 2 && known.has(parts[0]!) && /^\d{1,9}$/.test(stem);
  return isSeed ? { clipId: parts[0]!, seed: Number(stem) } : undefined;
}

function addOnce(files: Map<string, string>, key: string, path: string): void {
  const other = files.get(key);
  if (other !== undefined) {
    throw new BenchError({
      code: 'two-outputs',
      kind: 'input',
      file: path,
      problem: `is a second file for ${key}, beside ${other}`,
      remedy: 'Keep one of the two',
    });
  }
  files.set(key, path);
}

async function hashOfFiles(files: ReadonlyMap<string, string>): Promise<string> {
  const hash = createHash('sha256');
  for (const key of [...files.keys()].sort()) hash.update(`${key} ${await hashFile(files.get(key)!)}\n`);
  return hash.digest('hex');
}
