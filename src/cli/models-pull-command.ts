import { Command } from 'commander';
import { downloadsFolder, modelsDirectory } from '../models/models-folder.js';
import { findOfficialModel } from '../models/official/index.js';
import type { OfficialModel } from '../models/official/official-model.js';
import { type PulledFile, pullModel } from '../models/pull/pull-model.js';
import { createByteDisplay } from './download-display.js';
import { licenceText } from './models-list-command.js';
import type { CommandContext } from './terminal.js';

interface PullCommandOptions {
  readonly models?: string;
  readonly quiet?: boolean;
}

export function modelsPullCommand(context: CommandContext): Command {
  return new Command('pull')
    .description(
      'Fetch the official files of a model; goes on where an earlier call stopped. HF_TOKEN opens private repositories.',
    )
    .argument('<id>', 'model id')
    .option('--models <folder>', 'folder of imported models')
    .option('--quiet', 'no progress')
    .action(async (id: string, options: PullCommandOptions) => {
      const model = findOfficialModel(id);
      for (const { path, sha256 } of await fetchFiles(model, context, options))
        context.terminal.out(`${path}\n  SHA-256 ${sha256}`);
    });
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
      folder: downloadsFolder(modelsDirectory(options.models), model.facts.id),
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
