import { Command } from 'commander';
import { metricsAuditCommand } from './metrics-audit-command.js';
import { metricsListCommand } from './metrics-list-command.js';
import type { SetExitCode } from './program.js';
import type { CommandContext } from './terminal.js';

export function metricsCommand(context: CommandContext, setExitCode: SetExitCode): Command {
  return new Command('metrics')
    .description('The metrics that can be asked for, and whether they measure what they claim.')
    .addCommand(metricsListCommand(context), { isDefault: true })
    .addCommand(metricsAuditCommand(context, setExitCode));
}
