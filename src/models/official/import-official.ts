import { copyFile } from 'node:fs/promises';
import { BenchError } from '../../core/errors.js';
import type { Architecture } from '../architectures/architecture.js';
import { findArchitecture } from '../architectures/index.js';
import type { Checkpoint } from '../checkpoint/checkpoint.js';
import { type ImportOptions, importModel } from '../import/import-model.js';
import type { ImportedModel } from '../import/imported-model.js';
import { importedFolder, tokenizerPath } from '../models-folder.js';
import type { OfficialModel } from './official-model.js';

export interface ImportOfficialOptions
  extends Pick<
    ImportOptions<unknown>,
    'checkpoint' | 'dtype' | 'overwrite' | 'sourceSha256' | 'signal' | 'onProgress'
  > {
  readonly checkpoint: Checkpoint;
  readonly modelsFolder: string;
  /** tokenizer.json of the text tower; kept beside the weights. */
  readonly tokenizer?: string;
}

/** Imports a checkpoint under the id and with the card of an official model. Throws a BenchError where that cannot be done. */
export async function importOfficial(model: OfficialModel, options: ImportOfficialOptions): Promise<ImportedModel> {
  const { modelsFolder, tokenizer, ...rest } = options;
  const { id } = model.facts;
  const folder = importedFolder(modelsFolder, id);
  const imported = await importModel({ ...rest, architecture: architectureOf(model), facts: model.facts, folder });
  if (tokenizer !== undefined) await copyFile(tokenizer, tokenizerPath(modelsFolder, id));
  return imported;
}

/** Throws a BenchError for a model whose network `bench` does not build. */
export function architectureOf({ facts, architecture, unsupported }: OfficialModel): Architecture<unknown> {
  const found = unsupported === undefined ? findArchitecture(architecture) : undefined;
  if (found !== undefined) return found;
  throw new BenchError({
    code: 'model-not-supported',
    kind: 'usage',
    problem: `${facts.id} cannot be imported: ${unsupported ?? `there is no graph for ${architecture} yet`}`,
    remedy: 'Use another model of `bench models list`',
  });
}
