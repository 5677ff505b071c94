import { mapOutcome, skipped } from '../core/outcome.js';
import type { GeneratedAudio, GenerationRecord } from '../core/record.js';
import type { ClipScore } from '../core/score.js';
import type { ClipAudio, ClipEntry, ClipOutput } from './leaderboard-types.js';

export interface ClipEntriesInput {
  readonly clipIds: readonly string[];
  /** In the order of the rows. */
  readonly systemIds: readonly string[];
  readonly seeds: readonly number[];
  /** Metrics with a value for each clip, in the order of the columns. */
  readonly metricIds: readonly string[];
  readonly generations: readonly GenerationRecord[];
  readonly clipScores: readonly ClipScore[];
}

/** What every system made for every clip, and how it scored; what is absent from the record says so. */
export function clipEntries(input: ClipEntriesInput): ClipEntry[] {
  const generations = new Map(input.generations.map((record) => [keyOf(record), record]));
  const scores = new Map(input.clipScores.map((score) => [keyOf(score, score.metric.id), score.outcome]));
  const outputOf = (clipId: string, systemId: string, seed: number): ClipOutput => {
    const generation = generations.get(keyOf({ clipId, systemId, seed }));
    return {
      systemId,
      seed,
      outcome: mapOutcome(generation?.outcome ?? skipped('no output is recorded'), audioOf),
      scores: input.metricIds.map((metricId) => ({
        metricId,
        outcome: scores.get(keyOf({ clipId, systemId, seed }, metricId)) ?? skipped('not scored'),
      })),
    };
  };
  return input.clipIds.map((clipId) => ({
    clipId,
    outputs: input.systemIds.flatMap((systemId) => input.seeds.map((seed) => outputOf(clipId, systemId, seed))),
  }));
}

/** Without the time that it took, which differs from run to run. */
function audioOf(audio: GeneratedAudio): ClipAudio {
  const { path, sha256, sampleRateHz, durationSeconds, flags } = audio;
  return { path, sha256, sampleRateHz, durationSeconds, flags };
}

function keyOf(of: { clipId: string; systemId: string; seed: number }, metricId = ''): string {
  return JSON.stringify([of.clipId, of.systemId, of.seed, metricId]);
}
