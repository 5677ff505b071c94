import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { BenchError, exitCodes } from '../core/errors.js';
import { cacheDirectory } from '../store/cache-folder.js';
import { findSuite } from '../suites/find-suite.js';
import { importSuite } from '../suites/import/import-suite.js';
import type { MediaLayout } from '../suites/media-layout.js';
import { readSuiteDefinition, type SuiteDefinition } from '../suites/suite-definition.js';
import { importedSuiteFolder, suitesDirectory } from '../suites/suites-folder.js';
import { decodedContentOf, openSuite } from './open-suite.js';
import { parseCount } from './option-parsers.js';
import type { SetExitCode } from './program.js';
import { createProgressDisplay } from './progress-display.js';
import { createStepDisplay } from './step-display.js';
import { type CopyReport, copyReport, printCopy } from './suite-copy-report.js';
import { type CommandContext, printJson, type Terminal } from './terminal.js';

export interface ImportOptions {
  readonly suite: string;
  readonly index?: string;
  readonly to?: string;
  readonly all?: boolean;
  readonly allowMissing?: boolean;
  readonly cache?: string;
  readonly jobs: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function suitesImportCommand(context: CommandContext, setExitCode: SetExitCode): Command {
  return new Command('import')
    .description(
      'Map a local copy of a suite: pair videos and music by id, decode every file once, and write a lock file.',
    )
    .argument('<folder>', 'folder with the authors’ files')
    .requiredOption('--suite <id>', 'suite id, or folder with a suite.json that has "media"')
    .option('--index <file>', 'list of clips in place of the authors’ (a subset is a suite of its own)')
    .option(
      '--to <folder>',
      'folder of suite.json, clips.csv and lock.json (default: in BENCH_SUITES_DIR, else the platform’s)',
    )
    .option('--all', 'name every clip with a remark, not the first twenty of a kind')
    .option('--allow-missing', 'exit 0 even if clips are missing or unusable')
    .option('--cache <folder>', 'cache folder')
    .option('--jobs <n>', 'files decoded at a time', parseCount, availableParallelism())
    .option('--json', 'print the report as JSON')
    .option('--quiet', 'no progress on stderr')
    .addHelpText(
      'after',
      `
Nothing of the folder is changed or copied. Missing and unusable clips keep their place in the coverage of every later table;
duplicates are flagged and kept. Exit 3 when clips are missing, unless --allow-missing.

Examples:
  bench suites import ~/data/V2M-bench --suite v2m-bench
  bench suites import ~/data/V2M --suite v2m-20k --index my-500-ids.txt --to ./my-subset`,
    )
    .action(async (folder: string, options: ImportOptions) => {
      const report = await importCopy(folder, options, context);
      if (options.json === true) printJson(context.terminal, report);
      else printImported(context.terminal, report, options);
      setExitCode(exitCodeOf(report, options));
    });
}

/** Imports, and says what was found. */
export async function importCopy(
  folder: string,
  options: ImportOptions,
  { terminal, signal }: CommandContext,
): Promise<CopyReport> {
  const definition = await definitionOf(options.suite);
  const suiteFolder = options.to ?? importedSuiteFolder(suitesDirectory(), definition.id);
  const cacheRoot = cacheDirectory(options.cache);
  const progress = createProgressDisplay(terminal, { quiet: options.quiet === true });
  const display = createStepDisplay(progress, 'examine');
  const lock = await importSuite(
    {
      definition,
      mediaFolder: folder,
      suiteFolder,
      ...(options.index === undefined ? {} : { indexFile: options.index }),
    },
    {
      cache: decodedContentOf(cacheRoot),
      jobs: options.jobs,
      signal,
      onProgress: ({ path, ...at }) => display.itemDone(path, at),
    },
  );
  display.finished();
  const { suiteHash } = await openSuite(suiteFolder, { cacheRoot, progress, signal, jobs: options.jobs });
  return copyReport(lock, { suiteFolder, suiteHash });
}

/** Prints the report with the command that comes next. */
export function printImported(
  terminal: Terminal,
  report: CopyReport,
  { all, to }: Pick<ImportOptions, 'all' | 'to'>,
): void {
  printCopy(terminal, report, { all: all === true });
  terminal.out(`\nRun it with: bench run --suite ${to ?? report.suite.id}`);
}

export function exitCodeOf({ isComplete }: CopyReport, { allowMissing }: Pick<ImportOptions, 'allowMissing'>): number {
  return isComplete || allowMissing === true ? exitCodes.ok : exitCodes.incomplete;
}

/** The definition of a suite whose media a user brings. */
export async function definitionOf(idOrPath: string): Promise<SuiteDefinition & { readonly media: MediaLayout }> {
  const file = join(await findSuite(idOrPath), 'suite.json');
  if (!existsSync(file)) throw notDefined(file);
  const definition = await readSuiteDefinition(file);
  const { media } = definition;
  if (media !== undefined) return { ...definition, media };
  throw new BenchError({
    code: 'suite-without-media',
    kind: 'usage',
    problem: `${definition.id} has no media to bring: its clips are made, or lie beside it`,
    remedy: `Run it as it is: bench run --suite ${idOrPath}`,
  });
}

function notDefined(file: string): BenchError {
  return new BenchError({
    code: 'suite-not-defined',
    kind: 'usage',
    file,
    problem: 'there is no such file, so nothing tells how the media are laid out',
    expected: 'a suite id, or a folder with a suite.json that has "media"',
    remedy: 'List the suites with `bench suites list`; docs/suite-format.md describes suite.json',
  });
}
