import { z } from 'zod';

const words = z.string('text').min(1, 'text that is not empty');
const patterns = z.array(words, 'a list of patterns').min(1, 'at least one pattern');
const seconds = z.number('seconds').nonnegative('0 or more seconds');

const indexSchema = z.strictObject({
  /** Names, in the folder or below it; the first that is there is read, or with `readAll` each that is there. */
  files: patterns,
  readAll: z.boolean().exactOptional(),
  /** Files with lines that name clips to leave out, by `id`. */
  exclude: patterns.exactOptional(),
  /** Fields taken out of others: an expression with named groups for each field. Rows that do not fit are left out. */
  expressions: z.record(words, words).exactOptional(),
  format: z.enum(['lines', 'csv', 'tsv', 'json', 'jsonl'], 'lines, csv, tsv, json or jsonl'),
  /** JSON: where the rows are, as names with dots between them; an object of rows gives each its `key`. */
  rows: words.exactOptional(),
  /** The clip's id, made of fields: `{youtube_id}_{start}`. Lines have one field, `line`. */
  id: words,
  /** Only rows whose field has one of these values. */
  where: z.record(words, z.array(words)).exactOptional(),
  /** Fields with the window of the clip inside its video, as seconds or `hh:mm:ss`. */
  startField: words.exactOptional(),
  endField: words.exactOptional(),
  durationField: words.exactOptional(),
});

const sourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('hub'),
    repo: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'OWNER/NAME'),
    revision: words.default('main'),
    /** Patterns of the files that belong to the suite; `*` stands for anything but `/`, `**` for anything. */
    files: patterns,
    note: words.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('page'),
    url: z.url('an address'),
    note: words.exactOptional(),
  }),
]);

/**
 * Where the media of a suite come from and how the authors lay them out: all that `bench suites import` and `fetch` need to know.
 * A pattern is a path with `{field}` for a field of the clip, `*` for anything but `/` and `**` for anything; it may match at any
 * depth of the folder.
 */
export const mediaLayoutSchema: z.ZodType<MediaLayout> = z.strictObject({
  /** How many clips the authors state; left out where they state none. */
  clipCount: z.int().positive().exactOptional(),
  index: indexSchema.exactOptional(),
  /** Without an index: takes ids from the names of the videos. Named groups become fields. */
  idExpression: words.exactOptional(),
  video: patterns,
  /** Left out: the video's own sound track. Empty: the set has no music to hold others against. */
  reference: z.array(words, 'a list of patterns').exactOptional(),
  /** What stands in where the pattern finds no file; the video's own sound is then marked. */
  referenceFallback: z.enum(['video', 'none'], 'video or none').default('none'),
  /** What the videos' lengths are said to be. */
  durationSeconds: z.tuple([seconds, seconds]).exactOptional(),
  /** What may be computed on it, and what not. */
  computable: words,
  /** How the authors give it out, in words. */
  access: words,
  sources: z.array(sourceSchema).min(1, 'at least one source'),
  /** Facts that could not be checked at the source. */
  uncertain: z.array(words).default([]),
});

export interface MediaLayout {
  readonly clipCount?: number;
  readonly index?: ClipIndex;
  readonly idExpression?: string;
  readonly video: readonly string[];
  readonly reference?: readonly string[];
  readonly referenceFallback: 'video' | 'none';
  readonly durationSeconds?: readonly [number, number];
  readonly computable: string;
  readonly access: string;
  readonly sources: readonly MediaSource[];
  readonly uncertain: readonly string[];
}

export interface ClipIndex {
  readonly files: readonly string[];
  readonly readAll?: boolean;
  readonly exclude?: readonly string[];
  readonly expressions?: Readonly<Record<string, string>>;
  readonly format: 'lines' | 'csv' | 'tsv' | 'json' | 'jsonl';
  readonly rows?: string;
  readonly id: string;
  readonly where?: Readonly<Record<string, readonly string[]>>;
  readonly startField?: string;
  readonly endField?: string;
  readonly durationField?: string;
}

export type MediaSource = HubSource | { readonly kind: 'page'; readonly url: string; readonly note?: string };

export interface HubSource {
  readonly kind: 'hub';
  readonly repo: string;
  readonly revision: string;
  readonly files: readonly string[];
  readonly note?: string;
}

/** The sources that a program can fetch from. */
export function hubSources({ sources }: MediaLayout): HubSource[] {
  return sources.filter((source) => source.kind === 'hub');
}
