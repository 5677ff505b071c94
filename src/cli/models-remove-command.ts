import { Command } from 'commander';
import { BenchError } from '../core/errors.js';
import { modelsDirectory, removeModel } from '../models/models-folder.js';
import type { CommandContext } from './terminal.js';

export function modelsRemoveCommand({ terminal }: CommandContext): Command {
  return new Command('remove')
    .description('Delete an imported model and what was fetched for it.')
    .argument('<id>', 'model id')
    .option('--models <folder>', 'folder of imported models')
    .action(async (id: string, options: { readonly models?: string }) => {
      const folder = modelsDirectory(options.models);
      if (!(await removeModel(folder, id))) {
        throw new BenchError({
          code: 'model-not-found',
          kind: 'usage',
          file: folder,
          problem: `there is no imported model "${id}"`,
          remedy: 'See `bench models list`; models that ship with bench cannot be removed',
        });
      }
      terminal.out(`removed ${id}`);
    });
}
