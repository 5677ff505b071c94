import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOf, type Json } from '../../core/hash.js';
import { importerVersion, importModel } from '../import/import-model.js';
import { checkFiles, type ImportedModel, readImportedModel } from '../import/imported-model.js';
import { tokenizerOf } from '../models-folder.js';
import { officialModels } from '../official/index.js';
import { byteVocabulary } from './byte-vocabulary.js';
import type { UntrainedNetwork } from './networks.js';
import { untrainedCheckpoint } from './weights.js';

/** Raised by any change of the formula of the weights. */
const formulaVersion = 1;
const seed = 1;

/**
 * A stand-in with weights by formula, by the way that a real checkpoint goes: import with its checks, files on disk, onnxruntime. Kept in
 * `folder`, where the next call finds it.
 */
export async function importUntrained(
  { id, architecture, dimensions, takesText = false }: UntrainedNetwork,
  { folder, signal }: { readonly folder: string; readonly signal?: AbortSignal },
): Promise<ImportedModel> {
  const identity = {
    id,
    dimensions: dimensions as Json,
    version: architecture.version,
    importerVersion,
    formulaVersion,
    seed,
  };
  const path = join(folder, `${id}-${hashOf(identity).slice(0, 10)}`);
  const known = await readImportedModel(path).catch(() => undefined);
  if (known !== undefined && (await isWhole(known))) return withVocabulary(known, takesText);
  const checkpoint = untrainedCheckpoint(architecture.buildGraph(dimensions), seed);
  // Dimensions are read from shapes again, as those of a user's file are.
  const model = await importModel({
    checkpoint,
    architecture,
    facts: factsOf(id),
    folder: path,
    overwrite: true,
    signal,
  });
  return withVocabulary(model, takesText);
}

/** A stand-in for the vocabulary lies beside the weights of a network that takes text, as an official one does. */
async function withVocabulary(model: ImportedModel, takesText: boolean): Promise<ImportedModel> {
  if (!takesText) return model;
  const vocabulary = byteVocabulary();
  const there = await readFile(tokenizerOf(model), 'utf8').catch(() => undefined);
  if (there !== vocabulary) await writeFile(tokenizerOf(model), vocabulary);
  return model;
}

async function isWhole(model: ImportedModel): Promise<boolean> {
  return checkFiles(model, { by: 'size' }).then(
    () => true,
    () => false,
  );
}

function factsOf(id: string): Parameters<typeof importModel>[0]['facts'] {
  const official = officialModels.find(({ networks }) => networks.some((network) => network.id === id));
  return {
    id,
    title: `UNTRAINED stand-in for ${official?.facts.title ?? id}`,
    origin: 'weights by formula',
    revision: `formula ${formulaVersion}, seed ${seed}`,
    licence: 'MIT',
    nonCommercial: false,
    citation: official?.facts.citation ?? id,
    frontEnd: official?.facts.frontEnd ?? 'as the network’s',
    notes: ['Figures made with it mean nothing: it shows that the way from clip to table works.'],
  };
}
