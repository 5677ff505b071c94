import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { bench1, protocols } from '../core/protocols/index.js';
import type { Suite } from '../core/suite.js';
import { defaultMetricIds } from '../metrics/index.js';
import { idSchema, sanitiseId } from './clip-id.js';
import { type MediaLayout, mediaLayoutSchema } from './media-layout.js';
import { inputError, parseInput } from './parse-input.js';

/** suite.json: all of a suite but its clips. */
export type SuiteDefinition = Omit<Suite, 'clips'> & {
  /** Clips are made from scripts instead of read from files. */
  readonly maker?: 'demo-world';
  /** Clips are files that the authors give out and the user imports. */
  readonly media?: MediaLayout;
};

const words = z.string('text').min(1, 'text that is not empty');
const names = z.array(words, 'a list of names').min(1, 'at least one name');

const definitionSchema = z.strictObject({
  schemaVersion: z.literal(1, '1'),
  id: idSchema,
  version: words,
  title: words,
  description: words,
  licence: words,
  citation: z.string('text').default(''),
  protocol: z.enum(protocols.map((protocol) => protocol.id)).default(bench1.id),
  metrics: names.default([...defaultMetricIds]),
  primaryMetric: words.optional(),
  systems: names.default(['reference', 'shuffled', 'composer', 'noise', 'silence']),
  window: z.union([z.literal('full'), z.number().positive()], 'seconds above 0, or "full"').exactOptional(),
  maker: z.literal('demo-world', '"demo-world", or no such field').exactOptional(),
  media: mediaLayoutSchema.exactOptional(),
  /** Written by `bench suites import`. */
  imported: z.literal(true).exactOptional(),
});

/** Reads and checks suite.json. Metric and system names are checked by the run's plan, which knows them all. */
export async function readSuiteDefinition(file: string): Promise<SuiteDefinition> {
  const { imported: _, primaryMetric: named, ...rest } = parseInput(definitionSchema, await readJson(file), { file });
  const primaryMetric = named ?? rest.metrics[0]!;
  if (!rest.metrics.includes(primaryMetric)) {
    const expected = `one of ${rest.metrics.join(', ')}`;
    throw inputError(
      { file },
      { field: 'primaryMetric', problem: 'is not among the metrics', expected, got: primaryMetric },
    );
  }
  return { ...rest, primaryMetric };
}

/** The definition of a folder of videos without suite.json: the usual metrics, and every system that needs no pool of music. */
export function definitionForFolder(folder: string): SuiteDefinition {
  const name = basename(folder);
  return {
    schemaVersion: 1,
    id: sanitiseId(name) || 'videos',
    version: '1',
    title: name,
    description: `The videos of the folder ${name}; the reference is each video's own sound track.`,
    licence: 'unknown',
    citation: '',
    protocol: bench1.id,
    metrics: defaultMetricIds,
    primaryMetric: defaultMetricIds[0],
    systems: ['reference', 'shuffled', 'composer', 'noise', 'silence'],
  };
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw inputError(
      { file, remedy: 'See docs/suite-format.md' },
      { field: 'JSON', problem: (cause as Error).message },
    );
  }
}
