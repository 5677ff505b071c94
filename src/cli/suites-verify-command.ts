import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { BenchError, exitCodes } from '../core/errors.js';
import { cacheDirectory } from '../store/cache-folder.js';
import { uncachedDecodedContent } from '../store/decoded-content-cache.js';
import { findSuite } from '../suites/find-suite.js';
import { readSuiteLock, type SuiteLock } from '../suites/import/suite-lock.js';
import { type VerifiedFile, verifySuite } from '../suites/import/verify-suite.js';
import { importedSuiteFolder, suitesDirectory } from '../suites/suites-folder.js';
import { decodedContentOf, openSuite } from './open-suite.js';
import { parseCount } from './option-parsers.js';
import type { SetExitCode } from './program.js';
import { createProgressDisplay } from './progress-display.js';
import { createStepDisplay } from './step-display.js';
import { copyReport, printCopy } from './suite-copy-report.js';
import { definitionOf, exitCodeOf } from './suites-import-command.js';
import { type CommandContext, printJson } from './terminal.js';

interface VerifyOptions {
  readonly deep?: boolean;
  readonly all?: boolean;
  readonly allowMissing?: boolean;
  readonly cache?: string;
  readonly jobs: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function suitesVerifyCommand(context: CommandContext, setExitCode: SetExitCode): Command {
  return new Command('verify')
    .description('Hold an imported suite against its lock file: every file, hash by hash.')
    .argument('<suite>', 'id of an imported suite, or the folder with its lock.json')
    .option('--deep', 'decode every file again and compare what comes out')
    .option('--all', 'name every clip with a remark, not the first twenty of a kind')
    .option('--allow-missing', 'exit 0 even if clips were missing when it was imported')
    .option('--cache <folder>', 'cache folder')
    .option('--jobs <n>', 'files read at a time', parseCount, availableParallelism())
    .option('--json', 'print the report as JSON')
    .option('--quiet', 'no progress on stderr')
    .addHelpText('after', '\nExit 1 when a file has changed or is gone, 3 when clips were missing from the start.')
    .action(async (name: string, options: VerifyOptions) => {
      setExitCode(await verifyCopy(name, options, context));
    });
}

async function verifyCopy(name: string, options: VerifyOptions, { terminal, signal }: CommandContext): Promise<number> {
  const { folder, lock } = await lockOf(name);
  const cacheRoot = cacheDirectory(options.cache);
  const progress = createProgressDisplay(terminal, { quiet: options.quiet === true });
  const display = createStepDisplay(progress, 'examine');
  const files = await verifySuite(lock, {
    deep: options.deep === true,
    cache: options.deep === true ? uncachedDecodedContent : decodedContentOf(cacheRoot),
    jobs: options.jobs,
    signal,
    onProgress: ({ path, ...at }) => display.itemDone(path, at),
  });
  display.finished();
  const wrong = files.filter(({ state }) => state !== 'same');
  if (wrong.length > 0) {
    report(wrong, files.length, { terminal, options, lock });
    return exitCodes.error;
  }
  const { suiteHash } = await openSuite(folder, { cacheRoot, progress, signal, jobs: options.jobs });
  const copy = copyReport(lock, { suiteFolder: folder, suiteHash });
  if (options.json === true) printJson(terminal, { ...copy, files: files.length, changed: [] });
  else {
    terminal.out(`${files.length} files are as they were imported`);
    printCopy(terminal, copy, { all: options.all === true });
  }
  return exitCodeOf(copy, options);
}

function report(
  wrong: readonly VerifiedFile[],
  total: number,
  {
    terminal,
    options,
    lock,
  }: { readonly terminal: CommandContext['terminal']; readonly options: VerifyOptions; readonly lock: SuiteLock },
): void {
  if (options.json === true) {
    printJson(terminal, { suite: lock.suite, files: total, changed: wrong });
    return;
  }
  terminal.out(`${wrong.length} of ${total} files are not as they were imported`);
  for (const { clipId, path, state } of wrong) terminal.out(`  ${clipId}: ${path} is ${state}`);
  terminal.out(
    `\nPut them back, or import the copy as it is: bench suites import ${lock.mediaFolder} --suite ${lock.suite.id}`,
  );
}

async function lockOf(name: string): Promise<{ readonly folder: string; readonly lock: SuiteLock }> {
  const found = await findSuite(name);
  for (const folder of [found, importedSuiteFolder(suitesDirectory(), name)]) {
    const lock = await readSuiteLock(folder);
    if (lock !== undefined) return { folder, lock };
  }
  // Says so itself where a suite has no media that could be imported.
  await definitionOf(name);
  throw new BenchError({
    code: 'suite-not-imported',
    kind: 'usage',
    problem: `${name} has no lock file, as it was not imported`,
    remedy: `Import it with \`bench suites import FOLDER --suite ${name}\``,
  });
}
