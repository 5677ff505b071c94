import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Protocol } from '../core/protocol.js';
import type { Environment, GenerationRecord, RunManifest, RunSpec } from '../core/record.js';
import type { ClipScore, Scores } from '../core/score.js';
import type { Suite } from '../core/suite.js';
import type { Encoder } from '../encoders/encoder.js';
import { type Metric, underNumerics } from '../metrics/metric.js';
import type { FeatureCache } from '../store/feature-cache.js';
import { openJsonLines } from '../store/json-lines.js';
import type { MediaInfoCache } from '../store/media-info-cache.js';
import { refreshingFeatureCache } from '../store/refreshing-feature-cache.js';
import { readManifest, runFiles, writeJson } from '../store/run-folder.js';
import { lockRunFolder } from '../store/run-lock.js';
import { aggregateStep } from './aggregate-step.js';
import { openClipSources } from './clip-sources.js';
import { type EmbeddedFeatures, embedStep } from './embed-step.js';
import { createFeatureStore } from './feature-store.js';
import { generateStep } from './generate-step.js';
import { planRun } from './plan.js';
import { problemsOf } from './problems.js';
import { type Progress, type StepName, stepNames } from './progress.js';
import { forgetFrom } from './redo-from.js';
import type { RunContext } from './run-context.js';
import { partialReasonsOf, runIdOf } from './run-spec.js';
import type { RunnableSystem } from './runnable-system.js';
import { scoreStep } from './score-step.js';
import { openMusicPool } from './views.js';

export interface ExecuteOptions {
  readonly spec: RunSpec;
  readonly suite: Suite;
  readonly protocol: Protocol;
  readonly metrics: readonly Metric[];
  readonly systems: readonly RunnableSystem[];
  readonly encoderById: (id: string) => Encoder;
  readonly cache: FeatureCache;
  /** Left out: every video is probed. */
  readonly mediaInfo?: MediaInfoCache;
  readonly folder: string;
  readonly environment: Environment;
  /** As typed, for the record. */
  readonly command: string;
  readonly jobs: number;
  readonly progress: Progress;
  /** Wall clock, for the record's time stamps only. */
  readonly now: () => Date;
  readonly signal?: AbortSignal;
  /** The first step to do again although it is done; left out: none. Features are then computed anew, not read from the cache. */
  readonly from?: StepName;
  /** The last step to do; the run stays `running` unless it gets to `aggregate`. */
  readonly until?: StepName;
}

export interface ExecutedRun {
  readonly folder: string;
  readonly manifest: RunManifest;
  readonly generations: readonly GenerationRecord[];
  /** Left out when the run was stopped before these steps. */
  readonly results?: { readonly clipScores: readonly ClipScore[]; readonly scores: Scores };
}

/**
 * generate → embed → score → aggregate into the run folder. The manifest is written first as `running` and last as `complete` (or
 * `incomplete`, when generations failed or are missing). Every step skips what an earlier, perhaps killed, process did.
 */
export async function executeRun(options: ExecuteOptions): Promise<ExecutedRun> {
  await mkdir(options.folder, { recursive: true });
  await using _lock = await lockRunFolder(options.folder);
  if (options.from !== undefined) await forgetFrom(options.folder, options.from);
  const running = await startManifest(options);
  const context = createContext(options);
  const events = await openJsonLines<unknown>(join(options.folder, runFiles.events));
  const tell = (event: string): Promise<void> => events.append({ event, at: options.now().toISOString() });
  try {
    await tell('started');
    const plan = planRun(options.spec, options.metrics);
    const generations = await generateStep(context, plan.generations);
    await tell('generated');
    if (stopsAt(options, 'generate')) return { folder: options.folder, manifest: running, generations };
    const features = await embedStep(context, plan.embeddings, generations);
    await tell('embedded');
    if (stopsAt(options, 'embed')) return { folder: options.folder, manifest: running, generations };
    const clipScores = await scoreStep(context, features);
    if (stopsAt(options, 'score')) return { folder: options.folder, manifest: running, generations };
    const scores = await aggregateStep(context, features, clipScores);
    await tell('scored');
    const manifest = finishManifest(running, { generations, features }, options.now());
    await writeJson(join(options.folder, runFiles.manifest), manifest);
    return { folder: options.folder, manifest, generations, results: { clipScores, scores } };
  } finally {
    await events.close();
  }
}

function stopsAt({ until }: ExecuteOptions, step: StepName): boolean {
  return until !== undefined && stepNames.indexOf(until) <= stepNames.indexOf(step);
}

async function startManifest(options: ExecuteOptions): Promise<RunManifest> {
  const earlier = await readManifest(options.folder);
  const manifest: RunManifest = {
    schemaVersion: 1,
    id: runIdOf(options.spec),
    status: 'running',
    spec: options.spec,
    environment: options.environment,
    command: options.command,
    startedAt: earlier?.startedAt ?? options.now().toISOString(),
    partialReasons: partialReasonsOf(options.spec),
    warnings: options.suite.notes ?? [],
  };
  await writeJson(join(options.folder, runFiles.manifest), manifest);
  const inRun = new Set(options.spec.clipIds);
  const clips = options.suite.clips.filter(({ id }) => inRun.has(id));
  await writeJson(join(options.folder, runFiles.suite), { ...options.suite, clips });
  return manifest;
}

/**
 * An output that failed, is missing, or whose features could not be computed makes the run incomplete; one that is skipped by rule
 * (silence, no reference) does not. Media of the suite that cannot be read are a matter of coverage, and only warned of.
 */
function finishManifest(
  running: RunManifest,
  results: { readonly generations: readonly GenerationRecord[]; readonly features: EmbeddedFeatures },
  now: Date,
): RunManifest {
  const { broken, unread } = problemsOf(results);
  const reasons = broken.length > 0 ? [`${broken.length} outputs are missing, failed or could not be analysed`] : [];
  return {
    ...running,
    status: broken.length > 0 ? 'incomplete' : 'complete',
    finishedAt: now.toISOString(),
    partialReasons: [...running.partialReasons, ...reasons],
    warnings: [...running.warnings, ...[...broken, ...unread].sort()],
  };
}

function createContext(options: ExecuteOptions): RunContext {
  const { suite, spec, signal } = options;
  const inRun = new Set(spec.clipIds);
  const sourceOptions = {
    window: spec.window,
    ...(options.mediaInfo === undefined ? {} : { mediaInfo: options.mediaInfo }),
  };
  const sources = openClipSources(
    suite.clips.filter((clip) => inRun.has(clip.id)),
    sourceOptions,
  );
  const pool = openClipSources(
    suite.clips.filter((clip) => clip.split === 'pool'),
    sourceOptions,
  );
  const signalOption = signal === undefined ? {} : { signal };
  const recomputes = options.from === 'generate' || options.from === 'embed';
  const cache = recomputes ? refreshingFeatureCache(options.cache) : options.cache;
  const features = createFeatureStore({ ...options, ...signalOption, cache });
  let musicPool: ReturnType<typeof openMusicPool> | undefined;
  return {
    ...signalOption,
    spec,
    sources,
    features,
    clipIds: spec.clipIds,
    musicPool: () => {
      musicPool ??= openMusicPool(pool, features);
      return musicPool;
    },
    folder: options.folder,
    protocol: options.protocol,
    metrics: options.metrics.map((metric) => underNumerics(metric, options.protocol.numerics)),
    systems: new Map(options.systems.map((system) => [system.spec.id, system])),
    jobs: options.jobs,
    progress: options.progress,
    now: () => performance.now(),
  };
}
