import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { cacheDirectory } from '../store/cache-folder.js';
import { openSuite } from './open-suite.js';
import { parseCount } from './option-parsers.js';
import { createProgressDisplay } from './progress-display.js';
import { type CommandContext, printJson } from './terminal.js';

interface MakeOptions {
  readonly cache?: string;
  readonly jobs: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function suitesMakeCommand({ terminal, signal }: CommandContext): Command {
  return new Command('make')
    .description('Make the clips of a suite now, instead of on its first run.')
    .argument('<suite>', 'suite id')
    .option('--cache <folder>', 'cache folder')
    .option('--jobs <n>', 'clips made at a time', parseCount, availableParallelism())
    .option('--json', 'print the suite with its paths as JSON')
    .option('--quiet', 'no progress on stderr')
    .action(async (name: string, options: MakeOptions) => {
      const progress = createProgressDisplay(terminal, { quiet: options.quiet === true });
      const cacheRoot = cacheDirectory(options.cache);
      const { suite, suiteHash } = await openSuite(name, { cacheRoot, progress, signal, jobs: options.jobs });
      if (options.json === true) printJson(terminal, suite);
      else terminal.out(`${suite.id}: ${suite.clips.length} clips are there, identity ${suiteHash}`);
    });
}
