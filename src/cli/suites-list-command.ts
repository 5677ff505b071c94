import { Command } from 'commander';
import { listSuites, type SuiteSummary } from '../suites/list-suites.js';
import { type CommandContext, printJson } from './terminal.js';

export function suitesListCommand({ terminal }: CommandContext): Command {
  return new Command('list')
    .description('The suites that come with bench, and which of them have their media on this machine.')
    .option('--json', 'print everything as JSON')
    .action(async (options: { readonly json?: boolean }) => {
      const suites = await listSuites();
      if (options.json === true) return printJson(terminal, suites);
      for (const suite of suites) {
        terminal.out(`${suite.id.padEnd(22)} ${stateOf(suite).padEnd(32)} ${suite.title} (${suite.licence})`);
      }
      return undefined;
    });
}

function stateOf({ clipCounts, media, imported }: SuiteSummary): string {
  if (media === undefined) {
    const pool = clipCounts.pool > 0 ? ` + ${clipCounts.pool} for retrieval` : '';
    return `${clipCounts.test} clips${pool}`;
  }
  if (imported === undefined) {
    return `not imported${media.clipCount === undefined ? '' : ` (${media.clipCount} clips)`}`;
  }
  if (imported.status !== 'ok') return 'imported, but unreadable';
  return `${imported.value.videos} of ${imported.value.total} clips imported`;
}
