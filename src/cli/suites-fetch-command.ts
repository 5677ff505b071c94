import { Command } from 'commander';
import { BenchError, exitCodes } from '../core/errors.js';
import { type FetchedFile, fetchSuite } from '../suites/fetch/fetch-suite.js';
import { listMediaFiles } from '../suites/import/list-media-files.js';
import { isMediaName } from '../suites/import/match-files.js';
import { hubSources, type MediaLayout } from '../suites/media-layout.js';
import type { SuiteDefinition } from '../suites/suite-definition.js';
import { fetchedMediaFolder, suitesDirectory } from '../suites/suites-folder.js';
import { parseCount } from './option-parsers.js';
import type { SetExitCode } from './program.js';
import type { CopyReport } from './suite-copy-report.js';
import { definitionOf, importCopy, printImported } from './suites-import-command.js';
import { type CommandContext, printJson, type Terminal } from './terminal.js';

interface FetchCommandOptions {
  readonly to?: string;
  readonly jobs: number;
  readonly fetchOnly?: boolean;
  readonly allowMissing?: boolean;
  readonly cache?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function suitesFetchCommand(context: CommandContext, setExitCode: SetExitCode): Command {
  return new Command('fetch')
    .description('Fetch the media of a suite from the hub, as far as its authors give them out, and import them.')
    .argument('<suite>', 'suite id')
    .option('--to <folder>', 'folder of the media (default: in BENCH_SUITES_DIR, else the platform’s)')
    .option('--jobs <n>', 'files fetched at a time', parseCount, 4)
    .option('--fetch-only', 'do not import')
    .option('--allow-missing', 'exit 0 even if files could not be fetched or clips are missing')
    .option('--cache <folder>', 'cache folder')
    .option('--json', 'print the report as JSON')
    .option('--quiet', 'no progress on stderr')
    .addHelpText(
      'after',
      `
The same command again goes on where an earlier one stopped; files that are there are checked by their hash and kept.
HF_TOKEN opens gated data sets, HF_ENDPOINT names another hub. Exit 3 when a file is gated, missing or failed, or when clips
are missing after the import.`,
    )
    .action(async (name: string, options: FetchCommandOptions) => {
      setExitCode(await fetchCopy(name, options, context));
    });
}

async function fetchCopy(name: string, options: FetchCommandOptions, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const definition = await definitionOf(name);
  refuseUnfetchable(definition);
  const folder = options.to ?? fetchedMediaFolder(suitesDirectory(), definition.id);
  terminal.err(`${definition.title}: ${definition.licence}`);
  const files = await fetchShown(definition.media, { folder, options, context });
  if (options.json !== true) printFetched(terminal, { folder, files });
  const report = await importFetched(name, { folder, files, options, context });
  if (options.json === true) printJson(terminal, { folder, files, ...(report === undefined ? {} : { copy: report }) });
  else if (report !== undefined) printImported(terminal, report, {});
  else if (options.fetchOnly !== true && files.some(isFetched)) printNoMedia(terminal, definition);
  const isComplete = files.every(isFetched) && report?.isComplete !== false;
  return isComplete || options.allowMissing === true ? exitCodes.ok : exitCodes.incomplete;
}

interface Fetching {
  readonly folder: string;
  readonly options: FetchCommandOptions;
  readonly context: CommandContext;
}

function fetchShown(media: MediaLayout, { folder, options, context }: Fetching): Promise<FetchedFile[]> {
  const { terminal, signal } = context;
  let [done, total] = [0, 0];
  return fetchSuite(media, {
    folder,
    hub: { token: process.env.HF_TOKEN || undefined, hubUrl: process.env.HF_ENDPOINT || undefined },
    jobs: options.jobs,
    signal,
    onRetry: (message) => terminal.err(`warning: ${message}`),
    onListed: (count) => {
      total += count;
    },
    onFile: ({ path, status, bytes }) => {
      done += 1;
      const size = bytes === undefined ? '' : ` ${(bytes / 1e6).toFixed(1)} MB`;
      if (options.quiet !== true) terminal.err(`${done}/${total} ${status} ${path}${size}`);
    },
  });
}

/** Left out: not asked for, or there is nothing to import, since some authors give out a list or archives alone. */
async function importFetched(
  suite: string,
  { folder, files, options, context }: Fetching & { readonly files: readonly FetchedFile[] },
): Promise<CopyReport | undefined> {
  if (options.fetchOnly === true || !files.some(isFetched)) return undefined;
  if (!(await listMediaFiles(folder)).some(isMediaName)) return undefined;
  const { to: _, ...rest } = options;
  return importCopy(folder, { ...rest, suite }, context);
}

function isFetched({ status }: FetchedFile): boolean {
  return status === 'fetched';
}

function printNoMedia({ out }: Terminal, { id, media }: SuiteDefinition & { readonly media: MediaLayout }): void {
  out(`\nThere are no videos among the files yet. ${media.access}`);
  out(`Unpack them or put them there, then: bench suites import FOLDER --suite ${id}`);
}

function printFetched(
  { out }: Terminal,
  { folder, files }: { readonly folder: string; readonly files: readonly FetchedFile[] },
): void {
  out(`${files.filter(isFetched).length} files are in ${folder}`);
  for (const status of ['gated', 'missing', 'failed'] as const) {
    const ofStatus = files.filter((file) => file.status === status);
    if (ofStatus.length === 0) continue;
    out(`\n${status}: ${ofStatus.length}`);
    for (const { repo, path, message } of ofStatus) out(`  ${repo} ${path}: ${message}`);
  }
}

function refuseUnfetchable({ id, media }: SuiteDefinition & { readonly media: MediaLayout }): void {
  if (hubSources(media).length > 0) return;
  const pages = media.sources.map((source) => (source.kind === 'page' ? source.url : source.repo));
  throw new BenchError({
    code: 'suite-not-fetchable',
    kind: 'usage',
    problem: `the media of ${id} cannot be fetched by a program: ${media.access}`,
    expected: pages.join(', '),
    remedy: `Get them from there, then: bench suites import FOLDER --suite ${id}`,
  });
}
