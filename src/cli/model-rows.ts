import { findArchitecture } from '../models/architectures/index.js';
import { listModels } from '../models/catalogue.js';
import { listImportedModels } from '../models/models-folder.js';
import { officialModels } from '../models/official/index.js';
import type { OfficialModel } from '../models/official/official-model.js';

/** One model in the list, whatever its origin. */
export interface ModelRow {
  readonly id: string;
  readonly title: string;
  readonly licence: string;
  readonly nonCommercial: boolean;
  /** `official`: can be fetched; `no graph yet` and `not supported`: known by name only; `damaged`: cannot be read. */
  readonly state: 'shipped' | 'imported' | 'official' | 'no graph yet' | 'not supported' | 'damaged';
  /** On disk, or of what would be fetched; left out where unknown. */
  readonly bytes?: number;
  readonly sha256?: string;
  readonly path?: string;
  /** False: weights made by a recipe, whose figures mean nothing. */
  readonly trained?: boolean;
  readonly dtype?: string;
  readonly problem?: string;
}

/** Shipped models first, then imported ones, then what can be fetched. */
export async function modelRows(modelsFolder: string): Promise<readonly ModelRow[]> {
  const imported = await importedRows(modelsFolder);
  const there = new Set(imported.map(({ id }) => id));
  const official = officialModels.filter(({ networks }) => !networks.every(({ id }) => there.has(id))).map(officialRow);
  return [...shippedRows(), ...imported, ...official];
}

function shippedRows(): ModelRow[] {
  return listModels().map(({ card, path }) => ({
    ...card,
    nonCommercial: /-NC\b/.test(card.licence),
    state: 'shipped',
    trained: true,
    path,
  }));
}

async function importedRows(modelsFolder: string): Promise<ModelRow[]> {
  const entries = await listImportedModels(modelsFolder);
  return entries.map(({ id, model }): ModelRow => {
    if (model.status !== 'ok') {
      const problem = model.status === 'failed' ? model.error.message : model.reason;
      return { id, title: '', licence: '', nonCommercial: false, state: 'damaged', problem };
    }
    const { card, path } = model.value;
    const bytes = card.files.reduce((sum, file) => sum + file.bytes, 0);
    const { title, licence, nonCommercial, trained, dtype } = card;
    return { id, title, licence, nonCommercial, trained, dtype, state: 'imported', bytes, path };
  });
}

function officialRow(model: OfficialModel): ModelRow {
  const { id, title, licence, nonCommercial } = model.facts;
  const weights = model.files.find(({ role }) => role === 'weights');
  const bytes = weights?.bytes ?? weights?.aboutBytes;
  return {
    ...{ id, title, licence, nonCommercial },
    state: officialState(model),
    ...(bytes === undefined ? {} : { bytes }),
    ...(weights?.sha256 === undefined ? {} : { sha256: weights.sha256 }),
  };
}

/** Whether it can be fetched and imported. */
export function officialState({ unsupported, networks }: OfficialModel): ModelRow['state'] {
  if (unsupported !== undefined) return 'not supported';
  const isBuilt = networks.every(({ architecture }) => findArchitecture(architecture) !== undefined);
  return isBuilt ? 'official' : 'no graph yet';
}
