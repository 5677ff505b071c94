import { stat } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { hashFile } from '../media/hash-file.js';
import { openCheckpoint } from '../models/checkpoint/open-checkpoint.js';
import { withSettings } from '../models/import/with-settings.js';
import { modelsDirectory } from '../models/models-folder.js';
import { importOfficial, networksOf } from '../models/official/import-official.js';
import { findOfficialModel } from '../models/official/index.js';
import type { OfficialModel } from '../models/official/official-model.js';
import { type Dtype, dtypes } from '../verify/case-runner.js';
import { createByteDisplay } from './download-display.js';
import { licenceText } from './models-list-command.js';
import { parseCount } from './option-parsers.js';
import type { CommandContext } from './terminal.js';

export interface ImportCommandOptions {
  readonly models?: string;
  readonly dtype: Dtype;
  readonly tokenizer?: string;
  readonly clipHeads?: number;
  readonly replace?: boolean;
  readonly quiet?: boolean;
}

export function modelsImportCommand(context: CommandContext): Command {
  return withImportOptions(new Command('import'))
    .description(
      'Build the network of an official model from its checkpoint: PyTorch or safetensors, no Python needed.',
    )
    .argument('<id>', 'model id')
    .argument('<file>', 'the official checkpoint')
    .option('--tokenizer <file>', 'tokenizer.json of the text tower')
    .action((id: string, file: string, options: ImportCommandOptions) =>
      importFile(findOfficialModel(id), file, { ...options, context }),
    );
}

export function withImportOptions(command: Command): Command {
  return command
    .option('--models <folder>', 'folder of imported models')
    .addOption(new Option('--dtype <type>', 'floating type of the network').choices(dtypes).default('f32'))
    .option('--clip-heads <n>', 'attention heads of the visual encoder of a VidMuse of another width', parseCount)
    .option('--replace', 'replace the model if it is imported already')
    .option('--quiet', 'no progress');
}

/** Imports a file as an official model and says where it is; warns where the file is not the official one. */
export async function importFile(
  model: OfficialModel,
  file: string,
  { context, ...options }: ImportCommandOptions & { readonly context: CommandContext; readonly sha256?: string },
): Promise<void> {
  const { terminal, signal } = context;
  networksOf(model);
  terminal.err(`${model.facts.title}: licence ${licenceText(model.facts)}`);
  await using checkpoint = await withSettings(await openCheckpoint(file));
  const sourceSha256 = options.sha256 ?? (await hashFile(file, { signal }));
  const { size } = await stat(file);
  if (!isOfficial(model, { bytes: size, sha256: sourceSha256 })) {
    terminal.err(
      `warning: ${file} is not the file that ${model.facts.origin} publishes; figures made with it are not comparable`,
    );
  }
  const display = createByteDisplay(terminal, { quiet: options.quiet === true });
  try {
    const imported = await importOfficial(model, {
      ...{ checkpoint, signal, sourceSha256, dtype: options.dtype, overwrite: options.replace === true },
      ...(options.clipHeads === undefined ? {} : { hints: { clipHeads: options.clipHeads } }),
      ...(options.tokenizer === undefined ? {} : { tokenizer: options.tokenizer }),
      modelsFolder: modelsDirectory(options.models),
      onProgress: ({ step, ...progress }) => {
        if (step === 'write') display.show(`importing ${model.facts.id}`, progress);
      },
    });
    for (const { folder } of imported) terminal.out(folder);
  } finally {
    display.stop();
  }
}

/** As far as size and hash are known. */
function isOfficial({ files }: OfficialModel, found: { readonly bytes: number; readonly sha256: string }): boolean {
  const weights = files.find(({ role }) => role === 'weights');
  const about = weights?.aboutBytes ?? found.bytes;
  // A rounded size is known to within 2 %.
  if (Math.abs(found.bytes - about) > 0.02 * about) return false;
  return (weights?.bytes ?? found.bytes) === found.bytes && (weights?.sha256 ?? found.sha256) === found.sha256;
}
