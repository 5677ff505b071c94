import { copyFile, rm } from 'node:fs/promises';
import { BenchError } from '../../core/errors.js';
import type { Architecture } from '../architectures/architecture.js';
import { findArchitecture } from '../architectures/index.js';
import type { Checkpoint } from '../checkpoint/checkpoint.js';
import { type ImportOptions, importModel } from '../import/import-model.js';
import type { ImportedModel } from '../import/imported-model.js';
import { importedFolder, tokenizerPath } from '../models-folder.js';
import type { OfficialModel, OfficialNetwork } from './official-model.js';

export interface ImportOfficialOptions
  extends Pick<ImportOptions<unknown>, 'dtype' | 'hints' | 'overwrite' | 'sourceSha256' | 'signal' | 'onProgress'> {
  /** Stays open: closing it is up to the caller. */
  readonly checkpoint: Checkpoint;
  readonly modelsFolder: string;
  /** tokenizer.json of the text tower; kept beside the weights. */
  readonly tokenizer?: string;
}

/**
 * Imports all networks of a checkpoint with the card of an official model; after a failure none of them is left. Throws a BenchError
 * where that cannot be done.
 */
export async function importOfficial(
  model: OfficialModel,
  options: ImportOfficialOptions,
): Promise<readonly ImportedModel[]> {
  const { modelsFolder, tokenizer, ...rest } = options;
  const networks = networksOf(model);
  const imported: ImportedModel[] = [];
  try {
    for (const { network, architecture } of networks) {
      const facts = { ...model.facts, id: network.id };
      const folder = importedFolder(modelsFolder, network.id);
      imported.push(await importModel({ ...rest, architecture, facts, folder }));
      if (tokenizer !== undefined && network.takesText === true)
        await copyFile(tokenizer, tokenizerPath(modelsFolder, network.id));
    }
  } catch (error) {
    for (const { folder } of imported) await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return imported;
}

export interface BuiltNetwork {
  readonly network: OfficialNetwork;
  readonly architecture: Architecture<unknown>;
}

/** Throws a BenchError for a model with a network that `bench` does not build. */
export function networksOf({ facts, networks, unsupported }: OfficialModel): readonly BuiltNetwork[] {
  return networks.map((network) => {
    const architecture = unsupported === undefined ? findArchitecture(network.architecture) : undefined;
    if (architecture !== undefined) return { network, architecture };
    throw new BenchError({
      code: 'model-not-supported',
      kind: 'usage',
      problem: `${facts.id} cannot be imported: ${unsupported ?? `there is no graph for ${network.architecture} yet`}`,
      remedy: 'Use another model of `bench models list`',
    });
  });
}
