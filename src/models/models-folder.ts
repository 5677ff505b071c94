import { readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { errorOf } from '../core/errors.js';
import { failed, type Outcome, ok } from '../core/outcome.js';
import { type ImportedModel, readImportedModel } from './import/imported-model.js';

/** Name of the vocabulary in the folder of a model that takes text. */
export const tokenizerFile = 'tokenizer.json';

/** Where imported models live: the option, else BENCH_MODELS_DIR, else the platform's folder for a user's data. */
export function modelsDirectory(option: string | undefined): string {
  return resolve(option ?? process.env.BENCH_MODELS_DIR ?? join(envPaths('v2m-bench', { suffix: '' }).data, 'models'));
}

/** The folder of an imported model. */
export function importedFolder(modelsFolder: string, id: string): string {
  return join(modelsFolder, id);
}

/** The folder of the files that a model is imported from, as they were fetched. */
export function downloadsFolder(modelsFolder: string, id: string): string {
  return join(modelsFolder, 'downloads', id);
}

/** The vocabulary of a model's text tower. */
export function tokenizerPath(modelsFolder: string, id: string): string {
  return tokenizerOf({ folder: importedFolder(modelsFolder, id) });
}

/** The same, from the model. */
export function tokenizerOf({ folder }: Pick<ImportedModel, 'folder'>): string {
  return join(folder, tokenizerFile);
}

/** All imported models by id; a folder whose card cannot be read is a failed outcome under its name. */
export async function listImportedModels(
  modelsFolder: string,
): Promise<readonly { readonly id: string; readonly model: Outcome<ImportedModel> }[]> {
  const entries = await readdir(modelsFolder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const names = entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'downloads' && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
  return Promise.all(
    names.map(async (id) => ({
      id,
      model: await readImportedModel(join(modelsFolder, id)).then((model) => ok(model), asFailed),
    })),
  );
}

/** Deletes an imported model and what was fetched for it. Resolves to whether there was anything. */
export async function removeModel(modelsFolder: string, id: string): Promise<boolean> {
  // An id is a folder's name here: nothing outside may be reached by it.
  if (!/^[a-z0-9-]+$/.test(id) || id === 'downloads') return false;
  const folders = [importedFolder(modelsFolder, id), downloadsFolder(modelsFolder, id)];
  const there = await Promise.all(
    folders.map((folder) =>
      stat(folder).then(
        () => true,
        () => false,
      ),
    ),
  );
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  return there.includes(true);
}

function asFailed(error: unknown): Outcome<ImportedModel> {
  const { code, message } = errorOf(error);
  return failed(code, message);
}
