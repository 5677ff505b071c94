import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parseCsvTable } from './csv-table.js';
import { parseInput } from './parse-input.js';

const words = z.string('text').min(1, 'text that is not empty');
const rowSchema = z.strictObject({
  system: words,
  metric: words,
  value: z.string().regex(/^-?\d+(\.\d+)?$/, 'a number'),
  /** Who published it first. */
  source: words,
  /** Where it was read; the same as the source where that was read itself. */
  quoted_in: words,
  /** What is known of how it was computed. */
  protocol: z.enum(['known', 'inferred', 'unknown'], 'known, inferred or unknown'),
  note: z.string(),
});

/** A figure that somebody published on this suite; never mixed with figures that bench computes. */
export interface PublishedFigure {
  readonly system: string;
  readonly metric: string;
  /** As published, with its digits. */
  readonly value: string;
  readonly source: string;
  readonly quotedIn: string;
  readonly protocol: 'known' | 'inferred' | 'unknown';
  readonly note: string;
}

/** The figures of a suite's published.csv; none where there is no such file. */
export async function readPublishedFigures(file: string): Promise<PublishedFigure[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return [];
  return parseCsvTable(text, file).rows.map(({ line, cells }) => {
    const { quoted_in: quotedIn, ...row } = parseInput(rowSchema, cells, { file, line });
    return { ...row, quotedIn };
  });
}
