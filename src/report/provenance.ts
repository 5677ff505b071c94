import type { Environment, GenerationRecord, RunManifest } from '../core/record.js';

/** Where, when and with what a run was made: the facts that may differ between two equal leaderboards. */
export interface Provenance {
  readonly runId: string;
  readonly command: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly environment: Environment;
  readonly speeds: readonly SystemSpeed[];
}

export interface SystemSpeed {
  readonly systemId: string;
  /** Seconds of music made in one second of waiting, over all outputs that carry a time. */
  readonly realTimeFactor: number;
  readonly outputCount: number;
}

export function buildProvenance(manifest: RunManifest, generations: readonly GenerationRecord[]): Provenance {
  const { id, command, startedAt, finishedAt, environment, spec } = manifest;
  const speeds = spec.systems.flatMap((system) => speedOf(system.id, generations));
  return { runId: id, command, startedAt, ...(finishedAt === undefined ? {} : { finishedAt }), environment, speeds };
}

function speedOf(systemId: string, generations: readonly GenerationRecord[]): SystemSpeed[] {
  let wallSeconds = 0;
  let musicSeconds = 0;
  let outputCount = 0;
  for (const { outcome, systemId: of } of generations) {
    if (of !== systemId || outcome.status !== 'ok' || outcome.value.wallSeconds === undefined) continue;
    wallSeconds += outcome.value.wallSeconds;
    musicSeconds += outcome.value.durationSeconds;
    outputCount += 1;
  }
  return wallSeconds > 0 ? [{ systemId, realTimeFactor: musicSeconds / wallSeconds, outputCount }] : [];
}
