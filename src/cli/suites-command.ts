import { Command } from 'commander';
import type { SetExitCode } from './program.js';
import { suitesAuditCommand } from './suites-audit-command.js';
import { suitesFetchCommand } from './suites-fetch-command.js';
import { suitesImportCommand } from './suites-import-command.js';
import { suitesListCommand } from './suites-list-command.js';
import { suitesMakeCommand } from './suites-make-command.js';
import { suitesShowCommand } from './suites-show-command.js';
import { suitesVerifyCommand } from './suites-verify-command.js';
import type { CommandContext } from './terminal.js';

export function suitesCommand(context: CommandContext, setExitCode: SetExitCode): Command {
  return new Command('suites')
    .description('List, show, fetch, import, verify, make and audit suites.')
    .addCommand(suitesListCommand(context), { isDefault: true })
    .addCommand(suitesShowCommand(context))
    .addCommand(suitesFetchCommand(context, setExitCode))
    .addCommand(suitesImportCommand(context, setExitCode))
    .addCommand(suitesVerifyCommand(context, setExitCode))
    .addCommand(suitesMakeCommand(context))
    .addCommand(suitesAuditCommand(context, setExitCode));
}
