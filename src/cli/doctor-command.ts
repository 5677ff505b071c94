import { Command } from 'commander';
import { exitCodes } from '../core/errors.js';
import { runChecks } from './doctor-checks.js';
import type { SetExitCode } from './program.js';
import { type CommandContext, printJson } from './terminal.js';

export function doctorCommand({ terminal }: CommandContext, setExitCode: SetExitCode): Command {
  return new Command('doctor')
    .description('Check by real small jobs that this machine can do what bench needs.')
    .option('--cache <folder>', 'cache folder')
    .option('--json', 'print as JSON')
    .action(async (options: { readonly cache?: string; readonly json?: boolean }) => {
      const checks = await runChecks(options);
      if (options.json === true) printJson(terminal, checks);
      else
        for (const { name, ok, detail } of checks) terminal.out(`${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(22)} ${detail}`);
      if (checks.some(({ ok }) => !ok)) setExitCode(exitCodes.error);
    });
}
