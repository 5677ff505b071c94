import { BenchError } from '../../core/errors.js';
import { type ImportedModel, readImportedModel } from '../../models/import/imported-model.js';
import { importedFolder } from '../../models/models-folder.js';
import type { VidmuseModels } from './networks.js';

/** Ids of the imported networks, as the official list has them. */
const ids: Readonly<Record<keyof VidmuseModels, { readonly id: string; readonly official: string }>> = {
  visualEncoder: { id: 'vidmuse-visual-encoder', official: 'vidmuse' },
  longTerm: { id: 'vidmuse-long-term', official: 'vidmuse' },
  shortTerm: { id: 'vidmuse-short-term', official: 'vidmuse' },
  decoder: { id: 'vidmuse-decoder', official: 'vidmuse' },
  codecLatent: { id: 'encodec-32khz-latent', official: 'encodec-32khz' },
  codecSamples: { id: 'encodec-32khz-samples', official: 'encodec-32khz' },
};

/** The generator's networks in the models folder. Throws a BenchError that says how to get what is not there. */
export async function readVidmuseModels(modelsFolder: string): Promise<VidmuseModels> {
  const entries = await Promise.all(
    Object.entries(ids).map(async ([name, { id, official }]): Promise<[string, ImportedModel]> => {
      const model = await readImportedModel(importedFolder(modelsFolder, id)).catch((error: unknown) => {
        if (error instanceof BenchError && error.code !== 'model-not-found') throw error;
        throw notImported(id, official);
      });
      return [name, model];
    }),
  );
  return Object.fromEntries(entries) as unknown as VidmuseModels;
}

function notImported(id: string, official: string): BenchError {
  return new BenchError({
    code: 'model-not-imported',
    kind: 'usage',
    problem: `VidMuse needs the network ${id}, which is not imported`,
    remedy: `Fetch it with \`bench models pull ${official}\`, or import a file that is there with \`bench models import ${official} FILE\``,
  });
}
