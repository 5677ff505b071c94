import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { cacheDirectory } from '../store/cache-folder.js';
import { listSuites } from '../suites/list-suites.js';
import { loadSuite } from '../suites/load-suite.js';
import { openSuite } from './open-suite.js';
import { parseCount } from './option-parsers.js';
import { createProgressDisplay } from './progress-display.js';
import { type CommandContext, printJson } from './terminal.js';

export function suitesCommand(context: CommandContext): Command {
  return new Command('suites')
    .description('List, show and make suites.')
    .addCommand(listCommand(context), { isDefault: true })
    .addCommand(showCommand(context))
    .addCommand(makeCommand(context));
}

function listCommand({ terminal }: CommandContext): Command {
  return new Command('list')
    .description('The suites that come with bench.')
    .option('--json', 'print everything as JSON')
    .action(async (options: { readonly json?: boolean }) => {
      const suites = await listSuites();
      if (options.json === true) return printJson(terminal, suites);
      for (const { id, title, clipCounts, licence } of suites) {
        const pool = clipCounts.pool > 0 ? ` + ${clipCounts.pool} for retrieval` : '';
        terminal.out(`${id.padEnd(16)} ${title} (${clipCounts.test} clips${pool}; ${licence})`);
      }
      return undefined;
    });
}

function showCommand({ terminal }: CommandContext): Command {
  return new Command('show')
    .description('What a suite consists of; makes nothing.')
    .argument('<suite>', 'suite id, folder with suite.json, or folder of videos')
    .option('--cache <folder>', 'cache folder')
    .option('--json', 'print everything as JSON')
    .action(async (name: string, options: { readonly cache?: string; readonly json?: boolean }) => {
      const suite = await loadSuite(name, { cacheDir: cacheDirectory(options.cache), make: false });
      if (options.json === true) return printJson(terminal, suite);
      const { id, version, title, description, licence, citation, protocol, metrics, primaryMetric, systems, clips } =
        suite;
      terminal.out(`${id} ${version}: ${title}\n${description}\n`);
      terminal.out(`licence   ${licence}\ncitation  ${citation}\nprotocol  ${protocol}`);
      terminal.out(`metrics   ${metrics.join(', ')}\nprimary   ${primaryMetric}\nsystems   ${systems.join(', ')}`);
      for (const clip of clips) terminal.out(`${clip.split.padEnd(5)} ${clip.id.padEnd(24)} ${clip.videoPath}`);
      return undefined;
    });
}

interface MakeOptions {
  readonly cache?: string;
  readonly jobs: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

function makeCommand({ terminal, signal }: CommandContext): Command {
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
