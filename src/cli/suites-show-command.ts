import { join } from 'node:path';
import { Command } from 'commander';
import { BenchError } from '../core/errors.js';
import { cacheDirectory } from '../store/cache-folder.js';
import { benchmarksFolder } from '../suites/benchmarks-folder.js';
import { findSuite } from '../suites/find-suite.js';
import { howToBring, type LoadedSuite, loadSuite } from '../suites/load-suite.js';
import type { MediaLayout } from '../suites/media-layout.js';
import { type PublishedFigure, readPublishedFigures } from '../suites/published-figures.js';
import { readSuiteDefinition, type SuiteDefinition } from '../suites/suite-definition.js';
import { type CommandContext, printJson, type Terminal } from './terminal.js';

export function suitesShowCommand({ terminal }: CommandContext): Command {
  return new Command('show')
    .description('What a suite consists of, where its media come from, and what was published on it; makes nothing.')
    .argument('<suite>', 'suite id, folder with suite.json, or folder of videos')
    .option('--cache <folder>', 'cache folder')
    .option('--json', 'print everything as JSON')
    .action(async (name: string, options: { readonly cache?: string; readonly json?: boolean }) => {
      const suite = await loadOrDescribe(name, cacheDirectory(options.cache));
      const published = await readPublishedFigures(join(benchmarksFolder, suite.id, 'published.csv'));
      if (options.json === true) return printJson(terminal, { ...suite, published });
      print(terminal, suite);
      printPublished(terminal, published);
      return undefined;
    });
}

type ShownSuite = SuiteDefinition & Partial<Pick<LoadedSuite, 'clips' | 'notes'>>;

/** The clips too, where their media are here. */
async function loadOrDescribe(name: string, cacheDir: string): Promise<ShownSuite> {
  const definition = await readSuiteDefinition(join(await findSuite(name), 'suite.json')).catch(() => undefined);
  try {
    const loaded = await loadSuite(name, { cacheDir, make: false });
    return definition?.media === undefined ? loaded : { ...loaded, media: definition.media };
  } catch (error) {
    const isAbsent = error instanceof BenchError && error.code === 'suite-not-imported';
    if (isAbsent && definition !== undefined) return definition;
    throw error;
  }
}

function print({ out }: Terminal, suite: ShownSuite): void {
  const { id, version, title, description, licence, citation, protocol, metrics, primaryMetric, systems } = suite;
  out(`${id} ${version}: ${title}\n${description}\n`);
  out(`licence   ${licence}\ncitation  ${citation}\nprotocol  ${protocol}\nwindow    ${windowText(suite.window)}`);
  out(`metrics   ${metrics.join(', ')}\nprimary   ${primaryMetric}\nsystems   ${systems.join(', ')}`);
  if (suite.media !== undefined) out(mediaText(suite.media));
  if (suite.clips === undefined && suite.media !== undefined)
    out(`\nThe media are not on this machine. ${howToBring(id, suite.media)}`);
  for (const note of suite.notes ?? []) out(`note      ${note}`);
  for (const { split, id: clipId, videoPath, missing } of suite.clips ?? [])
    out(`${split.padEnd(5)} ${clipId.padEnd(24)} ${videoPath ?? `missing: ${missing}`}`);
}

function windowText(window: number | 'full' | undefined): string {
  if (window === undefined) return 'as the run says, else 30 s';
  return window === 'full' ? 'full length' : `first ${window} s`;
}

function mediaText({ video, reference, index, computable, access, sources, uncertain, ...media }: MediaLayout): string {
  const own = 'the video’s own sound track';
  const fallback = media.referenceFallback === 'video' ? ` (else ${own})` : '';
  return [
    `clips     ${media.clipCount ?? 'not stated'}${index === undefined ? '' : `, listed in ${index.files.join(index.readAll === true ? ', ' : ' or ')}`}`,
    `videos    ${video.join(' or ')}`,
    `music     ${reference === undefined ? own : `${reference.join(' or ')}${fallback}`}`,
    `use       ${computable}`,
    `access    ${access}`,
    ...sources.map((source) =>
      source.kind === 'hub'
        ? `source    Hugging Face data set ${source.repo} (${source.files.join(', ')})${noteText(source.note)}`
        : `source    ${source.url}${noteText(source.note)}`,
    ),
    ...uncertain.map((fact) => `uncertain ${fact}`),
  ].join('\n');
}

function noteText(note: string | undefined): string {
  return note === undefined ? '' : `: ${note}`;
}

function printPublished({ out }: Terminal, figures: readonly PublishedFigure[]): void {
  if (figures.length === 0) return;
  out('\nPublished figures, by their authors’ own scripts: never to be compared with figures that bench computes.');
  for (const { system, metric, value, source, quotedIn, protocol, note } of figures) {
    const quoted = quotedIn === source ? '' : `, quoted in ${quotedIn}`;
    const remark = note === '' ? '' : `; ${note}`;
    out(
      `${system.padEnd(14)} ${metric.padEnd(12)} ${value.padStart(8)}  ${source}${quoted} (protocol ${protocol}${remark})`,
    );
  }
}
