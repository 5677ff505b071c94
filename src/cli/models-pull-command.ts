import { rm } from 'node:fs/promises';
import { Command } from 'commander';
import { downloadsFolder, modelsDirectory } from '../models/models-folder.js';
import { networksOf } from '../models/official/import-official.js';
import { findOfficialModel } from '../models/official/index.js';
import type { OfficialModel } from '../models/official/official-model.js';
import { type PulledFile, pullModel } from '../models/pull/pull-model.js';
import { createByteDisplay } from './download-display.js';
import { type ImportCommandOptions, importFile, withImportOptions } from './models-import-command.js';
import { licenceText } from './models-list-command.js';
import type { CommandContext } from './terminal.js';

interface PullCommandOptions extends ImportCommandOptions {
  readonly keep?: boolean;
  readonly fetchOnly?: boolean;
}

export function modelsPullCommand(context: CommandContext): Command {
  return withImportOptions(new Command('pull'))
    .description(
      'Fetch an official model and import it; goes on where an earlier call stopped. HF_TOKEN opens private repositories.',
    )
    .argument('<id>', 'model id')
    .option('--keep', 'keep the fetched files after the import')
    .option('--fetch-only', 'do not import')
    .action(async (id: string, options: PullCommandOptions) => {
      const model = findOfficialModel(id);
      if (options.fetchOnly !== true) networksOf(model);
      const files = await fetchFiles(model, context, options);
      if (options.fetchOnly === true) {
        for (const { path, sha256 } of files) context.terminal.out(`${path}\n  SHA-256 ${sha256}`);
        return;
      }
      const weights = files.find(({ file }) => file.role === 'weights')!;
      const tokenizer = files.find(({ file }) => file.role === 'tokenizer')?.path;
      await importFile(model, weights.path, {
        ...{ ...options, context, sha256: weights.sha256 },
        ...(tokenizer === undefined ? {} : { tokenizer }),
      });
      if (options.keep !== true) await rm(folderOf(model, options), { recursive: true, force: true });
    });
}

function folderOf({ facts }: OfficialModel, { models }: PullCommandOptions): string {
  return downloadsFolder(modelsDirectory(models), facts.id);
}

async function fetchFiles(
  model: OfficialModel,
  { terminal, signal }: CommandContext,
  options: PullCommandOptions,
): Promise<readonly PulledFile[]> {
  terminal.err(`${model.facts.title}: licence ${licenceText(model.facts)}`);
  const display = createByteDisplay(terminal, { quiet: options.quiet === true });
  try {
    return await pullModel(model, {
      folder: folderOf(model, options),
      hub: { token: process.env.HF_TOKEN || undefined, hubUrl: process.env.HF_ENDPOINT || undefined },
      signal,
      onRetry: (message) => terminal.err(`warning: ${message}`),
      onProgress: ({ name }, { step, ...progress }) =>
        display.show(step === 'check' ? `checking ${name}` : name, progress),
    });
  } finally {
    display.stop();
  }
}
