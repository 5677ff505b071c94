import { join } from 'node:path';
import { BenchError } from '../core/errors.js';
import { nearestNames } from '../core/nearest-names.js';
import { protocolName } from '../core/protocol.js';
import type { SystemSpec } from '../core/record.js';
import type { Suite } from '../core/suite.js';
import type { Generator } from '../generate/generator.js';
import { metricById } from '../metrics/index.js';
import type { ExecutionProvider } from '../models/session.js';
import { matchOutputs } from '../run/match-outputs.js';
import type { Progress } from '../run/progress.js';
import { openReferenceStatistics } from '../run/reference-statistics.js';
import { type RunRequest, testClipIds } from '../run/run-spec.js';
import { type FilesSystem, generatorSystem, type RunnableSystem } from '../run/runnable-system.js';
import { openSuite } from './open-suite.js';
import type { RunOptions } from './run-options.js';
import { protocolOfSuite, requestedProtocol, selectMetrics } from './select-protocol.js';
import { type BenchSystem, systemById } from './systems.js';

/** The request of a run with the actors that carry it out. */
export interface Selection extends Omit<RunRequest, 'systems'> {
  readonly systems: readonly SystemSpec[];
  readonly runnable: readonly RunnableSystem[];
}

interface SelectOptions {
  readonly cacheRoot: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** What computes systems that run networks. */
  readonly provider: ExecutionProvider;
  /** In place of those that the options and the suite name. */
  readonly systems?: readonly RunnableSystem[] | undefined;
}

/** Options → suite, protocol, clips, systems, metrics; every unknown name is refused here, before anything is computed. */
export async function selectRun(
  options: RunOptions,
  { cacheRoot, progress, signal, provider, systems }: SelectOptions,
): Promise<Selection> {
  // Names first: a typing mistake should not cost the making of a suite.
  const named = options.systems?.map(systemById);
  const requested = requestedProtocol(options);
  options.metrics?.forEach(metricById);
  const opened = await openSuite(options.suite, {
    ...{ cacheRoot, progress, signal, jobs: options.jobs, window: options.window },
    protocol: requested === undefined ? undefined : protocolName(requested),
  });
  const protocol = requested ?? protocolOfSuite(opened.suite);
  const published = await Promise.all((options.referenceStatistics ?? []).map(openReferenceStatistics));
  const { metrics, notes, primaryMetric } = selectMetrics({
    ...{ given: options.metrics, protocol, isRequested: requested !== undefined, ofSuite: opened.suite.metrics },
  });
  const suite: Suite = {
    ...opened.suite,
    primaryMetric: primaryMetric ?? opened.suite.primaryMetric,
    notes: [...(opened.suite.notes ?? []), ...notes],
  };
  const clipIds = selectClips(suite, options);
  const generators = [...(systems ?? [])];
  for (const system of systems === undefined ? (named ?? suite.systems.map(systemById)) : [])
    generators.push(generatorSystem(await openSystem(system, options, { cacheRoot, provider, progress, signal })));
  const files = await openFileSystems(options, clipIds, progress);
  const runnable: RunnableSystem[] = [...files.systems, ...generators];
  refuseSameNames(runnable);
  return {
    suite,
    suiteHash: opened.suiteHash,
    protocol,
    metrics: [...metrics, ...published],
    systems: runnable.map(({ spec }) => spec),
    runnable,
    clipIds,
    seeds: options.seed ?? files.seeds,
    window: suite.window ?? 'full',
  };
}

async function openSystem(
  system: BenchSystem,
  { models, batch }: RunOptions,
  { cacheRoot, provider, progress, signal }: SelectOptions,
): Promise<Generator> {
  if (!('open' in system)) return system;
  const untrainedFolder = join(cacheRoot, 'untrained-models');
  const onSmallerBatch = (smaller: number): void =>
    progress.warning(`${system.id}: out of memory; going on with ${smaller} windows side by side`);
  return system.open({ modelsFolder: models, untrainedFolder, provider, batch, signal, onSmallerBatch });
}

function selectClips(suite: Suite, { clips, limit }: RunOptions): string[] {
  const all = testClipIds(suite);
  for (const id of clips ?? []) {
    if (all.includes(id)) continue;
    const near = nearestNames(id, all);
    throw new BenchError({
      code: 'clip-not-found',
      kind: 'usage',
      problem: `the suite ${suite.id} has no clip "${id}"`,
      remedy: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `bench suites show ${suite.id} lists them`,
    });
  }
  const chosen = clips === undefined ? all : all.filter((id) => clips.includes(id));
  return limit === undefined ? chosen : chosen.slice(0, limit);
}

async function openFileSystems(
  { outputs }: RunOptions,
  clipIds: readonly string[],
  progress: Progress,
): Promise<{ systems: FilesSystem[]; seeds: readonly number[] }> {
  const systems: FilesSystem[] = [];
  const seeds = new Set<number>();
  for (const [name, folder] of outputs ?? []) {
    const matched = await matchOutputs(folder, clipIds);
    for (const file of matched.unknown) progress.warning(`${name}: ${file} belongs to no clip of this run`);
    for (const seed of matched.seeds) seeds.add(seed);
    systems.push({ spec: filesSpec(name, matched.contentHash), files: matched.files });
  }
  return { systems, seeds: seeds.size > 0 ? [...seeds].sort((a, b) => a - b) : [0] };
}

function filesSpec(name: string, contentHash: string): SystemSpec {
  return {
    id: name,
    version: 1,
    kind: 'files',
    title: name,
    summary: 'ready-made audio files',
    sees: [],
    sameSet: false,
    contentHash,
  };
}

function refuseSameNames(systems: readonly RunnableSystem[]): void {
  const ids = systems.map(({ spec }) => spec.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice === undefined) return;
  throw new BenchError({
    code: 'same-system-name',
    kind: 'usage',
    problem: `two systems are named "${twice}"`,
    remedy: 'Give --outputs another name',
  });
}
