import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchError } from '../core/errors.js';
import type { RunManifest } from '../core/record.js';
import type { Scores } from '../core/score.js';
import { writeFileAtomic } from './atomic-file.js';

/** The names of the files of a run folder, in the order in which they come into being. */
export const runFiles = {
  manifest: 'manifest.json',
  /** The suite as it was: titles, and where the clips of the run lie. */
  suite: 'suite.json',
  events: 'events.jsonl',
  generations: 'generations.jsonl',
  embeddings: 'embeddings.jsonl',
  clipScores: 'scores.per-clip.jsonl',
  scores: 'scores.json',
} as const;

/** scores.json: the figures and what they were computed from. */
export interface StoredScores {
  readonly schemaVersion: 1;
  readonly inputHash: string;
  readonly scores: Scores;
}

export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`);
}

export async function readManifest(folder: string): Promise<RunManifest | undefined> {
  return readJson<RunManifest>(join(folder, runFiles.manifest));
}

export async function readScores(folder: string): Promise<StoredScores | undefined> {
  return readJson<StoredScores>(join(folder, runFiles.scores));
}

/** The manifest of an existing run; a folder without one is the user's mistake. */
export async function requireManifest(folder: string): Promise<RunManifest> {
  const manifest = await readManifest(folder);
  if (manifest !== undefined) return manifest;
  throw new BenchError({
    code: 'not-a-run',
    kind: 'usage',
    file: folder,
    problem: `has no ${runFiles.manifest}`,
    remedy: 'Give the folder that `bench run` printed',
  });
}

async function readJson<T extends { readonly schemaVersion?: number }>(path: string): Promise<T | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text) as T;
    if (value.schemaVersion === undefined || value.schemaVersion === 1) return value;
    throw new BenchError({
      code: 'newer-schema',
      kind: 'input',
      file: path,
      field: 'schemaVersion',
      problem: 'was written by another version of bench',
      expected: '1',
      got: String(value.schemaVersion),
      remedy: 'Use that version, or run again into another folder',
    });
  } catch (cause) {
    if (cause instanceof BenchError) throw cause;
    throw new BenchError({ code: 'broken-record', kind: 'input', file: path, problem: 'is not JSON', cause });
  }
}
