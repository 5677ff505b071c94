import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchError } from '../core/errors.js';
import type { Environment } from '../core/record.js';
import type { Encoder } from '../encoders/encoder.js';
import type { NetworkCompute } from '../encoders/imported/network.js';
import { createEncoders, encoderById } from '../encoders/index.js';
import { weightsIdentity } from '../models/import/imported-card.js';
import type { ImportedModel } from '../models/import/imported-model.js';
import { keepFloat32Whole } from '../models/provider-name.js';
import { describeEnvironment } from '../run/environment.js';
import type { ExecuteOptions } from '../run/execute-run.js';
import { buildRunSpec } from '../run/run-spec.js';
import type { RunnableSystem } from '../run/runnable-system.js';
import { cacheDirectory } from '../store/cache-folder.js';
import { fileFeatureCache } from '../store/file-feature-cache.js';
import type { MediaInfoCache } from '../store/media-info-cache.js';
import { openNeededModels } from './needed-models.js';
import { mediaInfoOf } from './open-suite.js';
import { createProgressDisplay } from './progress-display.js';
import { resolveProvider } from './resolve-provider.js';
import type { RunOptions } from './run-options.js';
import { type Selection, selectRun } from './select-run.js';
import type { CommandContext } from './terminal.js';

/** Everything that options decide, ready to be carried out into a folder. */
export interface PreparedRun {
  readonly selection: Selection;
  readonly execution: Omit<ExecuteOptions, 'folder'>;
  readonly mediaInfo: MediaInfoCache;
  readonly progress: ReturnType<typeof createProgressDisplay>;
}

/** Options → suite, systems, metrics, models and encoders. `systems` stands in place of those that the options name. */
export async function prepareRun(
  options: RunOptions,
  { terminal, signal, now, commandLine }: CommandContext,
  systems?: readonly RunnableSystem[],
): Promise<PreparedRun> {
  const progress = createProgressDisplay(terminal, { quiet: options.quiet === true });
  const cacheRoot = cacheDirectory(options.cache);
  const warn = (message: string): void => terminal.err(`warning: ${message}`);
  const compute = await computeOf(options, { terminal, warn });
  const selection = await selectRun(options, { cacheRoot, progress, signal, systems, provider: compute.provider });
  const shipped = createEncoders();
  const needed = await openNeededModels({
    metrics: selection.metrics,
    settings: { ...selection.protocol, ...(compute.provider === 'cpu' ? {} : { compute }) },
    known: shipped,
    modelsFolder: options.models,
    fromRecipe: options.modelsFromRecipe === true,
    cacheRoot,
    ...{ signal, warn },
  });
  const encoders = [...shipped, ...needed.encoders];
  const mediaInfo = mediaInfoOf(cacheRoot);
  const execution = {
    suite: selection.suite,
    protocol: selection.protocol,
    metrics: selection.metrics,
    systems: selection.runnable,
    spec: buildRunSpec({ ...selection, models: needed.specs, computedBy: compute.computedBy }),
    encoderById: (id: string): Encoder => encoderById(id, encoders),
    cache: fileFeatureCache(join(cacheRoot, 'features')),
    mediaInfo,
    environment: { ...(await environmentWith(needed.models)), executionProvider: compute.computedBy },
    command: commandLine,
    jobs: options.jobs,
    progress,
    now,
    signal,
  };
  return { selection, execution, mediaInfo, progress };
}

/** What computes imported networks: found out once, said, and the same for systems and metrics. */
async function computeOf(
  { provider: choice }: RunOptions,
  { terminal, warn }: Pick<CommandContext, 'terminal'> & { readonly warn: (message: string) => void },
): Promise<NetworkCompute> {
  const provider = await resolveProvider(choice, terminal);
  return {
    provider,
    computedBy: keepFloat32Whole(provider),
    onFewerRows: (modelId, rows) => warn(`${modelId}: out of memory; going on with ${rows} rows side by side`),
  };
}

/** The environment with the imported models beside those that ship with bench. */
async function environmentWith(imported: readonly ImportedModel[]): Promise<Environment> {
  const environment = await describeEnvironment();
  const models = imported.map(({ card }) => ({ id: card.id, sha256: weightsIdentity(card), licence: card.licence }));
  return { ...environment, models: [...environment.models, ...models] };
}

/** Fails before the long work, not after it. */
export async function assertWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const probe = join(folder, `.${randomUUID()}.tmp`);
    await writeFile(probe, '');
    await rm(probe);
  } catch (cause) {
    throw new BenchError({
      code: 'folder-not-writable',
      kind: 'usage',
      file: folder,
      problem: 'cannot be written to',
      remedy: 'Give another folder with --out',
      cause,
    });
  }
}
