import { Command } from 'commander';
import { BenchError } from '../core/errors.js';
import { cacheDirectory, entriesToPrune, listCache, removeEntries } from '../store/cache-folder.js';
import { parseBytes, parseCount } from './option-parsers.js';
import { type CommandContext, printJson } from './terminal.js';

const millisecondsPerDay = 86_400_000;

export function cacheCommand(context: CommandContext): Command {
  return new Command('cache')
    .description('Look at and clean the cache of made clips and computed features.')
    .addCommand(listCommand(context))
    .addCommand(pruneCommand(context));
}

function listCommand({ terminal }: CommandContext): Command {
  return new Command('ls')
    .description('Where the cache is and how much it holds, by kind.')
    .option('--cache <folder>', 'cache folder')
    .option('--json', 'print as JSON')
    .action(async (options: { readonly cache?: string; readonly json?: boolean }) => {
      const root = cacheDirectory(options.cache);
      const kinds: Record<string, { files: number; bytes: number }> = {};
      for (const { kind, bytes } of await listCache(root)) {
        const sum = kinds[kind] ?? { files: 0, bytes: 0 };
        kinds[kind] = { files: sum.files + 1, bytes: sum.bytes + bytes };
      }
      if (options.json === true) return printJson(terminal, { root, kinds });
      terminal.out(root);
      for (const [kind, { files, bytes }] of Object.entries(kinds).sort()) {
        terminal.out(
          `${kind.padEnd(12)} ${String(files).padStart(8)} files ${(bytes / 1e6).toFixed(1).padStart(10)} MB`,
        );
      }
      return undefined;
    });
}

interface PruneOptions {
  readonly cache?: string;
  readonly olderThan?: number;
  readonly maxSize?: number;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

function pruneCommand({ terminal, now }: CommandContext): Command {
  return new Command('prune')
    .description('Delete old entries; whatever is deleted is computed again when it is needed.')
    .option('--older-than <days>', 'entries not written for this many days', parseCount)
    .option('--max-size <size>', 'the oldest entries until the rest fits, such as 2GB', parseBytes)
    .option('--dry-run', 'only say what would go')
    .option('--cache <folder>', 'cache folder')
    .option('--json', 'print as JSON')
    .action(async (options: PruneOptions) => {
      const { olderThan, maxSize } = options;
      if (olderThan === undefined && maxSize === undefined) {
        throw new BenchError({
          code: 'no-limit',
          kind: 'usage',
          problem: 'nothing says what to delete',
          remedy: 'Give --older-than DAYS or --max-size SIZE (0MB empties the cache)',
        });
      }
      const entries = entriesToPrune(await listCache(cacheDirectory(options.cache)), {
        ...(olderThan === undefined ? {} : { modifiedBeforeMs: now().getTime() - olderThan * millisecondsPerDay }),
        ...(maxSize === undefined ? {} : { maxBytes: maxSize }),
      });
      if (options.dryRun !== true) await removeEntries(entries);
      const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
      if (options.json === true)
        return printJson(terminal, { files: entries.length, bytes, deleted: options.dryRun !== true });
      const verb = options.dryRun === true ? 'Would delete' : 'Deleted';
      return terminal.out(`${verb} ${entries.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
    });
}
