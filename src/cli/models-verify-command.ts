import { Command } from 'commander';
import { listModels } from '../models/catalogue.js';
import { checkFiles, openImportedModel, readImportedModel } from '../models/import/imported-model.js';
import { importedFolder, modelsDirectory } from '../models/models-folder.js';
import { openModel } from '../models/session.js';
import type { CommandContext } from './terminal.js';

export function modelsVerifyCommand({ terminal, signal }: CommandContext): Command {
  return new Command('verify')
    .description(
      'Check that the files of a model are as they were shipped or imported, and that onnxruntime loads them.',
    )
    .argument('<id>', 'model id')
    .option('--models <folder>', 'folder of imported models')
    .action(async (id: string, options: { readonly models?: string }) => {
      const shipped = listModels().find(({ card }) => card.id === id);
      if (shipped !== undefined) {
        await using _session = await openModel(shipped);
      } else {
        const model = await readImportedModel(importedFolder(modelsDirectory(options.models), id));
        await checkFiles(model, { by: 'hash', signal });
        await using _session = await openImportedModel(model);
      }
      terminal.out(`${id}: ok`);
    });
}
