import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BenchError } from '../core/errors.js';
import { nearestNames } from '../core/nearest-names.js';
import { type ModelCard, parseModelCard } from './card.js';

/** A card and where its files lie. */
export interface Model {
  readonly card: ModelCard;
  /** Absolute path of the folder of the card, the weights and the licence texts. */
  readonly folder: string;
  /** Absolute path of the weights. */
  readonly path: string;
}

/** The `models` folder that ships with the package; `src/models` and `dist/models` are equally deep. */
export const shippedModelsFolder: string = fileURLToPath(new URL('../../models', import.meta.url));

/** All models of a folder of `NAME/ID.card.json`, by id. Throws a BenchError for a card that cannot be read. */
export function listModels(modelsFolder: string = shippedModelsFolder): readonly Model[] {
  return cardPaths(modelsFolder)
    .map(({ folder, cardPath }) => {
      const card = parseModelCard(readFileSync(cardPath, 'utf8'), cardPath);
      return { card, folder, path: join(folder, card.file) };
    })
    .sort((a, b) => (a.card.id < b.card.id ? -1 : 1));
}

/** The model with this id. Throws a BenchError with the nearest names where there is none. */
export function findModel(id: string, modelsFolder: string = shippedModelsFolder): Model {
  const models = listModels(modelsFolder);
  const found = models.find(({ card }) => card.id === id);
  if (found !== undefined) return found;
  const known = models.map(({ card }) => card.id);
  const near = nearestNames(id, known);
  throw new BenchError({
    code: 'model-not-found',
    kind: 'usage',
    problem: `there is no model "${id}" in ${modelsFolder}`,
    remedy: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Use one of ${known.join(', ') || '(none)'}`,
  });
}

function cardPaths(modelsFolder: string): { folder: string; cardPath: string }[] {
  return readdirSync(modelsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(modelsFolder, entry.name))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.card.json'))
        .map((name) => ({ folder, cardPath: join(folder, name) })),
    );
}
