import { join } from 'node:path';
import type { GenerationRecord, RunManifest } from '../core/record.js';
import { readManifest, runFiles, writeJson } from '../store/run-folder.js';
import type { EmbeddedFeatures } from './embed-step.js';
import type { ExecuteOptions } from './execute-run.js';
import { problemsOf } from './problems.js';
import { partialReasonsOf, runIdOf } from './run-spec.js';

/** Writes the manifest as `running`, and the suite beside it; a run that goes on keeps the time of its start. */
export async function startManifest(options: ExecuteOptions): Promise<RunManifest> {
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
export function finishManifest(
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
