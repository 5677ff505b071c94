import { Command } from 'commander';
import { modelsImportCommand } from './models-import-command.js';
import { modelsInfoCommand } from './models-info-command.js';
import { modelsListCommand } from './models-list-command.js';
import { modelsPullCommand } from './models-pull-command.js';
import { modelsRemoveCommand } from './models-remove-command.js';
import { modelsVerifyCommand } from './models-verify-command.js';
import type { CommandContext } from './terminal.js';

export function modelsCommand(context: CommandContext): Command {
  return new Command('models')
    .description('The embedded models: those that ship with bench, and official checkpoints that you import.')
    .addCommand(modelsListCommand(context), { isDefault: true })
    .addCommand(modelsInfoCommand(context))
    .addCommand(modelsPullCommand(context))
    .addCommand(modelsImportCommand(context))
    .addCommand(modelsVerifyCommand(context))
    .addCommand(modelsRemoveCommand(context));
}
