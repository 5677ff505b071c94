import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeatureMatrix, FeatureNeed, Features } from '../core/features.js';
import { hashOf } from '../core/hash.js';
import { failed, type Outcome } from '../core/outcome.js';
import type { ClipScore } from '../core/score.js';
import { annotationFeatures } from '../scoring/annotation-features.js';
import type { FeatureLookup, ScoredSystem, ScoringInput } from '../scoring/feature-lookup.js';
import { generationScoresOf, hasGenerationScores } from '../scoring/generation-scores.js';
import { openJsonLines } from '../store/json-lines.js';
import { runFiles } from '../store/run-folder.js';
import type { EmbeddedFeatures } from './embed-step.js';
import { type EmbeddingTask, embeddingKey } from './plan.js';
import type { RunContext } from './run-context.js';

/** Root of all randomness of scoring: fixed, so that intervals do not depend on the seeds of generation. */
const scoringSeed = 0;

/** Each metric of single generations on each of them, written as it comes. Cheap and pure, hence always done whole. */
export async function scoreStep(context: RunContext, features: EmbeddedFeatures): Promise<ClipScore[]> {
  const path = join(context.folder, runFiles.clipScores);
  await rm(path, { force: true });
  const file = await openJsonLines<ClipScore>(path);
  const scores: ClipScore[] = [];
  const input = scoringInput(context, features);
  const ofClips = context.metrics.filter(hasGenerationScores);
  context.progress.stepStarted('score', ofClips.length * input.systems.length, 0);
  try {
    for (const metric of ofClips) {
      for (const system of input.systems) {
        context.signal?.throwIfAborted();
        const ofSystem = generationScoresOf(metric, { ...input, systemId: system.id });
        for (const score of ofSystem) await file.append(score);
        scores.push(...ofSystem);
        context.progress.itemDone('score', `${metric.id} ${system.id}`);
      }
    }
  } finally {
    await file.close();
  }
  context.progress.stepFinished('score');
  return scores;
}

export function scoringInput(context: RunContext, features: EmbeddedFeatures): ScoringInput {
  const systems: ScoredSystem[] = context.spec.systems.map(({ id, sameSet }) => ({ id, sameSet }));
  const { clipIds, seeds } = context.spec;
  return { systems, clipIds, seeds, features: featureLookup(context, features), rngSeed: scoringSeed };
}

/** What the figures depend on, for skipping work that is already done. Failures are in it with their reasons. */
export function scoringInputHash(context: RunContext, features: EmbeddedFeatures): string {
  const entries = [...features].map(([key, outcome]) => [
    key,
    outcome.status === 'ok' ? digestOf(outcome.value) : outcome,
  ]);
  return hashOf({ spec: context.spec, scoringSeed, scoringVersion, features: Object.fromEntries(entries) });
}

/** Raised when scoring, statistics or baselines change a number. */
const scoringVersion = 3;

/** By name: features from the cache have their outputs in another order than fresh ones. */
function digestOf(features: Features): Readonly<Record<string, unknown>> {
  const digests = Object.entries(features).map(([name, { rows, columns, data }]) => {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return [name, { rows, columns, sha256: createHash('sha256').update(bytes).digest('hex') }] as const;
  });
  return Object.fromEntries(digests);
}

function featureLookup({ sources }: RunContext, features: EmbeddedFeatures): FeatureLookup {
  const find = (source: EmbeddingTask['source'], clipId: string, need: FeatureNeed): Outcome<FeatureMatrix> => {
    const key = embeddingKey({ encoder: need.encoder, clipId, source });
    const outcome = features.get(key);
    if (outcome === undefined) return failed('not-embedded', `${key} was not computed`);
    if (outcome.status !== 'ok') return outcome;
    const matrix = outcome.value[need.output];
    if (matrix === undefined) return failed('no-such-output', `encoder ${need.encoder} has no output ${need.output}`);
    return { ...outcome, value: matrix };
  };
  return {
    system: (systemId, clipId, seed, need) => find({ kind: 'system', systemId, seed }, clipId, need),
    reference: (clipId, need) => find({ kind: 'reference' }, clipId, need),
    video: (clipId, need) => find({ kind: 'video' }, clipId, need),
    caption: (clipId, need) => find({ kind: 'caption' }, clipId, need),
    annotations: (clipId, need) => annotationFeatures(sources.get(clipId)?.clip.annotations, need),
  };
}
