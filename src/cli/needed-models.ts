import { join } from 'node:path';
import { BenchError } from '../core/errors.js';
import type { ModelSpec } from '../core/record.js';
import type { Encoder } from '../encoders/encoder.js';
import type { EncoderSettings } from '../encoders/imported/encoder-settings.js';
import { encodersOver, modelIdOf } from '../encoders/imported/index.js';
import type { Metric } from '../metrics/metric.js';
import { weightsIdentity } from '../models/import/imported-card.js';
import { type ImportedModel, readImportedModel } from '../models/import/imported-model.js';
import { importedFolder, modelsDirectory } from '../models/models-folder.js';
import { officialModels } from '../models/official/index.js';
import { importUntrained } from '../models/untrained/import-untrained.js';
import { untrainedNetworks } from '../models/untrained/networks.js';
import { encodersOf } from '../run/run-spec.js';

export interface NeededModelsOptions {
  readonly metrics: readonly Metric[];
  readonly settings: EncoderSettings;
  /** Encoders that are there without an import. */
  readonly known: readonly Encoder[];
  readonly modelsFolder: string | undefined;
  readonly fromRecipe: boolean;
  readonly cacheRoot: string;
  readonly signal: AbortSignal;
  /** Told once for each model with weights by formula. */
  readonly warn: (message: string) => void;
}

export interface NeededModels {
  readonly models: readonly ImportedModel[];
  readonly specs: readonly ModelSpec[];
  readonly encoders: readonly Encoder[];
}

/**
 * The imported networks that metrics read, or with `fromRecipe` their untrained stand-ins. Throws a BenchError that names each model that is
 * not imported, and a metric that reads it.
 */
export async function openNeededModels(options: NeededModelsOptions): Promise<NeededModels> {
  const known = new Set(options.known.map(({ id }) => id));
  const users = new Map<string, string>();
  for (const metric of options.metrics)
    for (const encoder of encodersOf(metric)) {
      const model = modelIdOf(encoder);
      if (!known.has(encoder) && !users.has(model)) users.set(model, metric.id);
    }
  const models: ImportedModel[] = [];
  const missing = new Map<string, string>();
  for (const [id, metric] of users) {
    const model = await openModel(id, options);
    if (model === undefined) missing.set(id, metric);
    else models.push(model);
  }
  if (missing.size > 0) throw notImported(missing);
  return {
    models,
    specs: models.map(({ card }) => ({ id: card.id, weightsSha256: weightsIdentity(card), trained: card.trained })),
    encoders: models.flatMap((model) => encodersOver(model, options.settings)),
  };
}

/** Undefined where it is not imported. */
async function openModel(id: string, options: NeededModelsOptions): Promise<ImportedModel | undefined> {
  const { fromRecipe, cacheRoot, signal, warn } = options;
  if (fromRecipe) {
    const network = untrainedNetworks.find((one) => one.id === id);
    if (network === undefined) return undefined;
    warn(`${id} has UNTRAINED weights: its figures mean nothing`);
    return importUntrained(network, { folder: join(cacheRoot, 'untrained-models'), signal });
  }
  return readImportedModel(importedFolder(modelsDirectory(options.modelsFolder), id)).catch((error: unknown) => {
    if (error instanceof BenchError && error.code === 'model-not-found') return undefined;
    throw error;
  });
}

/** Of models by the id of their network, with a metric that reads each. */
function notImported(missing: ReadonlyMap<string, string>): BenchError {
  const [[id, metric] = ['', '']] = missing;
  const pulled = [...missing.keys()].map(
    (network) => officialModels.find(({ networks }) => networks.some((one) => one.id === network))?.facts.id ?? network,
  );
  const commands = [...new Set(pulled)].map((model) => `\`bench models pull ${model}\``).join(', ');
  const problem =
    missing.size === 1
      ? `the metric ${metric} needs the model ${id}, which is not imported`
      : `the metrics need models that are not imported: ${[...missing].map(([model, user]) => `${model} (${user})`).join(', ')}`;
  return new BenchError({
    code: 'model-not-imported',
    kind: 'usage',
    problem,
    remedy: `Fetch with ${commands}, choose others with --metrics, or rehearse with untrained weights: --models-from-recipe`,
  });
}
