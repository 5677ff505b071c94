import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type InputPlace, inputError, parseInput } from '../parse-input.js';

export const lockFileName = 'lock.json';

/** A file as it was when it was imported. */
export interface LockedFile {
  /** From the media folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly sha256: string;
  /** Identity of the decoded content (`media/decoded-content`). */
  readonly pictures?: string;
  readonly sound?: string;
  readonly durationSeconds: number;
}

export type Absent =
  | { readonly status: 'missing'; readonly reason: string }
  | { readonly status: 'unusable'; readonly path: string; readonly reason: string };

/** Something to know of a clip that is used all the same. */
export interface ClipFlag {
  readonly kind: 'duplicate' | 'duration' | 'damaged' | 'reference-from-video';
  readonly message: string;
}

export interface LockedClip {
  readonly id: string;
  readonly startSeconds: number;
  readonly durationSeconds?: number;
  readonly video: { readonly status: 'ok'; readonly file: LockedFile } | Absent;
  readonly reference: { readonly status: 'ok'; readonly file: LockedFile } | { readonly status: 'in-video' } | Absent;
  readonly flags: readonly ClipFlag[];
}

/** What a local copy of a suite consisted of when it was imported. */
export interface SuiteLock {
  readonly schemaVersion: 1;
  readonly suite: { readonly id: string; readonly version: string };
  /** Absolute. */
  readonly mediaFolder: string;
  /** The authors' list of clips; left out where they give none. */
  readonly index?: { readonly file: string; readonly sha256: string };
  readonly clips: readonly LockedClip[];
  /** How many clips the authors state, where the list is theirs. */
  readonly statedClipCount?: number;
  /** Media in the folder that belong to no clip. */
  readonly unmatched: readonly string[];
}

const fileSchema: z.ZodType<LockedFile> = z.strictObject({
  path: z.string(),
  bytes: z.number(),
  modifiedMs: z.number(),
  sha256: z.string(),
  pictures: z.string().exactOptional(),
  sound: z.string().exactOptional(),
  durationSeconds: z.number(),
});

const found = z.strictObject({ status: z.literal('ok'), file: fileSchema });
const missing = z.strictObject({ status: z.literal('missing'), reason: z.string() });
const unusable = z.strictObject({ status: z.literal('unusable'), path: z.string(), reason: z.string() });
const inVideo = z.strictObject({ status: z.literal('in-video') });

const lockSchema: z.ZodType<SuiteLock> = z.strictObject({
  schemaVersion: z.literal(1, '1'),
  suite: z.strictObject({ id: z.string(), version: z.string() }),
  mediaFolder: z.string(),
  index: z.strictObject({ file: z.string(), sha256: z.string() }).exactOptional(),
  statedClipCount: z.number().exactOptional(),
  clips: z.array(
    z.strictObject({
      id: z.string(),
      startSeconds: z.number(),
      durationSeconds: z.number().exactOptional(),
      video: z.discriminatedUnion('status', [found, missing, unusable]),
      reference: z.discriminatedUnion('status', [found, inVideo, missing, unusable]),
      flags: z.array(
        z.strictObject({
          kind: z.enum(['duplicate', 'duration', 'damaged', 'reference-from-video']),
          message: z.string(),
        }),
      ),
    }),
  ),
  unmatched: z.array(z.string()),
});

/** The lock file of an imported suite's folder; undefined where there is none. */
export async function readSuiteLock(folder: string): Promise<SuiteLock | undefined> {
  const file = join(folder, lockFileName);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const place = { file, remedy: 'Import the suite again with `bench suites import`' };
  return parseInput(lockSchema, parsedJson(text, place), place);
}

function parsedJson(text: string, place: InputPlace): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw inputError(place, { field: 'JSON', problem: (cause as Error).message });
  }
}
