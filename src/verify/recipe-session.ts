import { join } from 'node:path';
import { BenchError } from '../core/errors.js';
import type { Architecture } from '../models/architectures/architecture.js';
import { importModel } from '../models/import/import-model.js';
import { openImportedModel } from '../models/import/imported-model.js';
import type { ModelSession } from '../models/session.js';
import type { CaseRequest } from './case-runner.js';
import { recipeCheckpoint } from './recipe-checkpoint.js';

export interface RecipeSessionOptions<Dimensions> {
  readonly architecture: Architecture<Dimensions>;
  /** Kinds of golden files that are asked for; those that the architecture has as probes are built in. */
  readonly kinds: readonly string[];
}

/**
 * The network with the fixture's weights, by the way that a user's checkpoint goes: import with all its checks, files on disk,
 * onnxruntime. Throws a BenchError where the fixture has no manifest or does not fit the architecture.
 */
export async function openRecipeSession<Dimensions>(
  { fixture, settings, workFolder, signal }: CaseRequest,
  { architecture, kinds }: RecipeSessionOptions<Dimensions>,
): Promise<ModelSession> {
  const file = join(fixture.folder, 'manifest.json');
  if (fixture.manifest === undefined) {
    throw new BenchError({
      code: 'no-manifest',
      kind: 'input',
      file,
      problem: 'the fixture has no recipe of its weights',
    });
  }
  await using checkpoint = recipeCheckpoint(fixture.manifest, file);
  const model = await importModel({
    checkpoint,
    architecture,
    facts: factsOf(fixture.name, architecture),
    folder: join(workFolder, architecture.id),
    dtype: settings.dtype,
    probes: architecture.probes.filter((probe) => kinds.includes(probe)),
    overwrite: true,
    signal,
  });
  return openImportedModel(model, { provider: settings.provider });
}

function factsOf<Dimensions>(
  name: string,
  { id, source }: Architecture<Dimensions>,
): Parameters<typeof importModel>[0]['facts'] {
  return {
    id,
    title: `${name} with weights by recipe`,
    origin: 'recipe',
    revision: 'recipe',
    licence: 'CC0-1.0',
    nonCommercial: false,
    citation: source,
    frontEnd: 'as the fixture says',
  };
}
