import { Command } from 'commander';
import { BenchError, exitCodes } from '../core/errors.js';
import { type FetchedFile, fetchSuite, hubSources } from '../suites/fetch/fetch-suite.js';
import type { MediaLayout } from '../suites/media-layout.js';
import type { SuiteDefinition } from '../suites/suite-definition.js';
import { fetchedMediaFolder, suitesDirectory } from '../suites/suites-folder.js';
import { parseCount } from './option-parsers.js';
import type { SetExitCode } from './program.js';
import { definitionOf, importCopy } from './suites-import-command.js';
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
    .option('--allow-missing', 'exit 0 even if files could not be fetched')
    .option('--cache <folder>', 'cache folder')
    .option('--json', 'print the report as JSON')
    .option('--quiet', 'no progress on stderr')
    .addHelpText(
      'after',
      `
The same command again goes on where an earlier one stopped; files that are there are checked by their hash and kept.
HF_TOKEN opens gated data sets, HF_ENDPOINT names another hub. Exit 3 when a file is gated, missing or failed.`,
    )
    .action(async (name: string, options: FetchCommandOptions) => {
      setExitCode(await fetchCopy(name, options, context));
    });
}

async function fetchCopy(name: string, options: FetchCommandOptions, context: CommandContext): Promise<number> {
  const { terminal, signal } = context;
  const definition = await definitionOf(name);
  refuseUnfetchable(definition);
  const folder = options.to ?? fetchedMediaFolder(suitesDirectory(), definition.id);
  terminal.err(`${definition.title}: ${definition.licence}`);
  let [done, total] = [0, 0];
  const files = await fetchSuite(definition.media, {
    folder,
    hub: { token: process.env.HF_TOKEN || undefined, hubUrl: process.env.HF_ENDPOINT || undefined },
    jobs: options.jobs,
    signal,
    onRetry: (message) => terminal.err(`warning: ${message}`),
    onListed: (count) => {
      total += count;
    },
    onFile: ({ path, status, bytes = 0 }) => {
      done += 1;
      if (options.quiet !== true) terminal.err(`${done}/${total} ${status} ${path} ${(bytes / 1e6).toFixed(1)} MB`);
    },
  });
  const absent = files.filter(({ status }) => status !== 'fetched');
  if (options.json === true && options.fetchOnly === true) printJson(terminal, { folder, files });
  if (options.json !== true) printFetched(terminal, { folder, files, absent });
  const ofFetch = absent.length === 0 || options.allowMissing === true ? exitCodes.ok : exitCodes.incomplete;
  if (options.fetchOnly === true || absent.length === files.length) return ofFetch;
  const { to: _, ...rest } = options;
  const ofImport = await importCopy(folder, { ...rest, suite: name, jobs: options.jobs }, context);
  return ofImport === exitCodes.ok ? ofFetch : ofImport;
}

function printFetched(
  { out }: Terminal,
  found: { readonly folder: string; readonly files: readonly FetchedFile[]; readonly absent: readonly FetchedFile[] },
): void {
  const { folder, files, absent } = found;
  out(`${files.length - absent.length} files are in ${folder}`);
  for (const status of ['gated', 'missing', 'failed'] as const) {
    const ofStatus = absent.filter((file) => file.status === status);
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
