import { Command } from 'commander';
import { BenchError } from '../core/errors.js';
import { modelsDirectory, removeModel } from '../models/models-folder.js';
import { officialModels } from '../models/official/index.js';
import type { CommandContext } from './terminal.js';

export function modelsRemoveCommand({ terminal }: CommandContext): Command {
  return new Command('remove')
    .description('Delete an imported model and what was fetched for it.')
    .argument('<id>', 'model id')
    .option('--models <folder>', 'folder of imported models')
    .action(async (id: string, options: { readonly models?: string }) => {
      const folder = modelsDirectory(options.models);
      const networks = officialModels.find(({ facts }) => facts.id === id)?.networks.map((network) => network.id) ?? [];
      const removed: string[] = [];
      for (const one of new Set([id, ...networks])) if (await removeModel(folder, one)) removed.push(one);
      if (removed.length === 0) {
        throw new BenchError({
          code: 'model-not-found',
          kind: 'usage',
          file: folder,
          problem: `there is no imported model "${id}"`,
          remedy: 'See `bench models list`; models that ship with bench cannot be removed',
        });
      }
      terminal.out(`removed ${removed.join(', ')}`);
    });
}
