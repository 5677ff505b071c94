import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BenchError, exitCodes } from '../core/errors.js';
import type { Environment } from '../core/record.js';
import type { Encoder } from '../encoders/encoder.js';
import { createEncoders, encoderById } from '../encoders/index.js';
import { weightsIdentity } from '../models/import/imported-card.js';
import type { ImportedModel } from '../models/import/imported-model.js';
import { describeEnvironment } from '../run/environment.js';
import { type ExecutedRun, executeRun } from '../run/execute-run.js';
import { buildRunSpec, runIdOf } from '../run/run-spec.js';
import { cacheDirectory } from '../store/cache-folder.js';
import { fileFeatureCache } from '../store/file-feature-cache.js';
import { openNeededModels } from './needed-models.js';
import { mediaInfoOf } from './open-suite.js';
import { describePlan, renderPlan } from './plan-description.js';
import { createProgressDisplay } from './progress-display.js';
import { printLeaderboard, writeRunReport } from './report-command.js';
import { type RunOptions, redoableSteps } from './run-options.js';
import { selectRun } from './select-run.js';
import { type CommandContext, printJson } from './terminal.js';

/** `run` and `score`: selection → run → report → leaderboard on stdout. Returns the exit code. */
export async function runBenchmark(options: RunOptions, context: CommandContext): Promise<number> {
  const { terminal, signal, now } = context;
  const progress = createProgressDisplay(terminal, { quiet: options.quiet === true });
  const cacheRoot = cacheDirectory(options.cache);
  refuseEmptyRange(options);
  const selection = await selectRun(options, { cacheRoot, progress, signal });
  const shipped = createEncoders();
  const needed = await openNeededModels({
    metrics: selection.metrics,
    protocol: selection.protocol,
    known: shipped,
    modelsFolder: options.models,
    fromRecipe: options.modelsFromRecipe === true,
    cacheRoot,
    signal,
    warn: (message) => terminal.err(`warning: ${message}`),
  });
  const spec = buildRunSpec({ ...selection, models: needed.specs });
  const folder = resolve(options.out ?? join('bench-runs', runIdOf(spec)));
  const cache = fileFeatureCache(join(cacheRoot, 'features'));
  const mediaInfo = mediaInfoOf(cacheRoot);
  const encoders = [...shipped, ...needed.encoders];
  const encoderOf = (id: string): Encoder => encoderById(id, encoders);
  if (options.dryRun === true) {
    const plan = await describePlan({ spec, selection, folder, cache, mediaInfo, encoderById: encoderOf });
    if (options.json === true) printJson(terminal, plan);
    else terminal.out(renderPlan(plan));
    return exitCodes.ok;
  }
  await assertWritable(folder);
  const executed = await executeRun({
    suite: selection.suite,
    protocol: selection.protocol,
    metrics: selection.metrics,
    systems: selection.runnable,
    spec,
    encoderById: encoderOf,
    cache,
    mediaInfo,
    folder,
    environment: await environmentWith(needed.models),
    command: context.commandLine,
    jobs: options.jobs,
    progress,
    now,
    signal,
    ...(options.from === undefined ? {} : { from: options.from }),
    ...(options.until === undefined ? {} : { until: options.until }),
  });
  return finish(executed, options, context, progress);
}

/** The environment with the imported models beside those that ship with bench. */
async function environmentWith(imported: readonly ImportedModel[]): Promise<Environment> {
  const environment = await describeEnvironment();
  const models = imported.map(({ card }) => ({ id: card.id, sha256: weightsIdentity(card), licence: card.licence }));
  return { ...environment, models: [...environment.models, ...models] };
}

async function finish(
  executed: ExecutedRun,
  options: RunOptions,
  { terminal }: CommandContext,
  progress: ReturnType<typeof createProgressDisplay>,
): Promise<number> {
  const { folder, manifest } = executed;
  if (options.until !== undefined) {
    terminal.err(`Stopped after ${options.until}. The run folder is ${folder}`);
    return exitCodes.ok;
  }
  progress.stepStarted('report', 1, 0);
  const { leaderboard, reportPath } = await writeRunReport(folder);
  progress.stepFinished('report');
  printLeaderboard(terminal, { leaderboard, reportPath, json: options.json === true });
  for (const warning of manifest.warnings) terminal.err(`warning: ${warning}`);
  return manifest.status === 'complete' || options.allowMissing === true ? exitCodes.ok : exitCodes.incomplete;
}

function refuseEmptyRange({ from, until }: RunOptions): void {
  if (from === undefined || until === undefined || redoableSteps.indexOf(from) <= redoableSteps.indexOf(until)) return;
  throw new BenchError({
    code: 'empty-step-range',
    kind: 'usage',
    problem: `--from ${from} comes after --until ${until}, so nothing would be done`,
    remedy: `The steps are ${redoableSteps.join(', ')}, in this order`,
  });
}

/** Fails before the long work, not after it. */
async function assertWritable(folder: string): Promise<void> {
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
