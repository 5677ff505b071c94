import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Clip, ClipAnnotations } from '../core/clip.js';
import { nearestNames } from '../core/nearest-names.js';
import { idSchema } from './clip-id.js';
import { parseCsvTable } from './csv-table.js';
import { inputError, parseInput } from './parse-input.js';

const seconds = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'seconds, such as 12.5')
  .transform(Number);
const lasting = seconds.refine((value) => value > 0, 'more than 0 seconds');
const times = z
  .string()
  .regex(/^\d+(\.\d+)?(;\d+(\.\d+)?)*$/, 'rising seconds with ";" between them, such as 0.5;1;1.5')
  .transform((text) => text.split(';').map(Number))
  .refine((values) => values.every((value, index) => index === 0 || value > values[index - 1]!), 'times that rise');
const feeling = z
  .string()
  .regex(/^-?[01](\.\d+)?$/, 'a number from -1 to 1')
  .transform(Number)
  .refine((value) => Math.abs(value) <= 1, 'a number from -1 to 1');

const rowSchema = z.strictObject({
  id: idSchema,
  video: z.string('a path').optional(),
  missing: z.string().optional(),
  reference_missing: z.string().optional(),
  reference: z.string().optional(),
  start_seconds: seconds.optional(),
  duration_seconds: lasting.optional(),
  split: z.enum(['test', 'pool'], 'test or pool').optional(),
  licence: z.string().optional(),
  caption: z.string().optional(),
  beat_seconds: times.optional(),
  cut_seconds: times.optional(),
  valence: feeling.optional(),
  arousal: feeling.optional(),
});

type ClipRow = z.infer<typeof rowSchema>;

/** Own columns start with this and are passed over. */
const ownColumn = /^x_/;

/** The clips of clips.csv, in its order, paths made absolute from its folder. Every file named must be there. */
export async function readClips(file: string): Promise<Clip[]> {
  const { columns, rows } = parseCsvTable(await readFile(file, 'utf8'), file);
  refuseUnknownColumns(columns, file);
  if (rows.length === 0)
    throw inputError({ file }, { field: 'rows', problem: 'there are none', expected: 'one a clip' });
  const lines = new Map<string, number>();
  const clips: Clip[] = [];
  for (const { line, cells } of rows) {
    const place = { file, line, remedy: 'See docs/suite-format.md' };
    const filled = Object.entries(cells).filter(([column, cell]) => cell !== '' && !ownColumn.test(column));
    const row = parseInput(rowSchema, Object.fromEntries(filled), place);
    refuseTwin(lines, { id: row.id, file, line });
    clips.push(await clipOf(row, { file, line }));
  }
  return clips;
}

/** A misspelt optional column would otherwise be passed over without a word. */
function refuseUnknownColumns(columns: readonly string[], file: string): void {
  const known = Object.keys(rowSchema.shape);
  const unknown = columns.find((column) => !known.includes(column) && !ownColumn.test(column));
  if (unknown === undefined) return;
  const near = nearestNames(unknown, known, 1);
  throw inputError(
    { file, line: 1, remedy: 'Start the names of your own columns with x_' },
    { field: unknown, problem: 'is not a known column', expected: (near.length > 0 ? near : known).join(', ') },
  );
}

/** Ids name files, and some file systems do not tell `A` from `a`. */
export function refuseTwin(
  seen: Map<string, number>,
  { id, file, line }: { readonly id: string; readonly file: string; readonly line: number },
): void {
  const earlier = seen.get(id.toLowerCase());
  if (earlier !== undefined) {
    throw inputError(
      { file, line, remedy: 'Give each clip its own id' },
      { field: 'id', problem: `line ${earlier} has the same id`, got: id },
    );
  }
  seen.set(id.toLowerCase(), line);
}

async function clipOf(row: ClipRow, place: { readonly file: string; readonly line: number }): Promise<Clip> {
  const annotations = annotationsOf(row, place);
  return {
    id: row.id,
    ...(await videoOf(row, place)),
    ...(row.reference === undefined
      ? {}
      : { referencePath: await existing(row.reference, { ...place, field: 'reference' }) }),
    ...(row.reference_missing === undefined ? {} : { referenceMissing: row.reference_missing }),
    startSeconds: row.start_seconds ?? 0,
    ...(row.duration_seconds === undefined ? {} : { durationSeconds: row.duration_seconds }),
    split: row.split ?? 'test',
    ...(row.caption === undefined ? {} : { caption: row.caption }),
    ...(annotations === undefined ? {} : { annotations }),
    ...(row.licence === undefined ? {} : { licence: row.licence }),
  };
}

/** A clip has a video, or says why not. */
async function videoOf(
  { video, missing }: ClipRow,
  place: { readonly file: string; readonly line: number },
): Promise<Pick<Clip, 'videoPath' | 'missing'>> {
  if (missing !== undefined && video === undefined) return { missing };
  if (missing === undefined && video !== undefined)
    return { videoPath: await existing(video, { ...place, field: 'video' }) };
  const problem = video === undefined ? 'is missing' : 'is given, although `missing` says that there is none';
  throw inputError({ ...place, remedy: 'See docs/suite-format.md' }, { field: 'video', problem, expected: 'a path' });
}

function annotationsOf(
  row: ClipRow,
  place: { readonly file: string; readonly line: number },
): ClipAnnotations | undefined {
  const { beat_seconds: beatSeconds = [], cut_seconds: cutSeconds = [], valence, arousal } = row;
  if (valence !== undefined && arousal !== undefined) return { beatSeconds, cutSeconds, valence, arousal };
  if (beatSeconds.length + cutSeconds.length === 0 && valence === undefined && arousal === undefined) return undefined;
  const field = valence === undefined ? 'valence' : 'arousal';
  const remedy = 'Give valence and arousal with every annotation, or leave all four columns empty';
  throw inputError({ ...place, remedy }, { field, problem: 'is missing', expected: 'a number from -1 to 1' });
}

async function existing(
  path: string,
  { file, line, field }: { readonly file: string; readonly line: number; readonly field: string },
): Promise<string> {
  const absolute = resolve(file, '..', path);
  const found = await stat(absolute).catch(() => undefined);
  if (found?.isFile()) return absolute;
  const remedy = 'Paths count from the folder of clips.csv';
  throw inputError({ file, line, remedy }, { field, problem: 'there is no such file', got: absolute });
}
