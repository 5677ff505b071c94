import { reasonOf } from '../core/outcome.js';
import { seededRng } from '../core/rng.js';
import type { ClipScore, Coverage, Figure, MetricRef } from '../core/score.js';
import { mean } from '../stats/mean.js';
import { smallestDetectableDifference } from './detectable-difference.js';
import { meanEstimate } from './mean-estimate.js';
import { noneScored } from './none-scored.js';
import { sortedById } from './sorted.js';
import { countedWarnings } from './warnings.js';

interface ClipValue {
  readonly clipId: string;
  readonly value: number;
}

/**
 * Figure of a paired metric from the clip scores of one system: seeds are averaged within the clip, and the interval
 * comes from resampling clips. A clip without any score is missing, with its reasons; one that lacks some seeds is
 * scored on the others, with a warning.
 */
export function scorePaired(input: {
  readonly metric: MetricRef;
  readonly systemId: string;
  readonly clipScores: readonly ClipScore[];
  /** The clips that should be there. */
  readonly clipIds: readonly string[];
  readonly rngSeed: number;
}): Figure {
  const { metric, systemId } = input;
  const { values, coverage, warnings } = averageSeeds(input);
  const clipValues = values.map(({ value }) => value);
  const rng = seededRng('interval', input.rngSeed, metric.id, systemId);
  const estimate = noneScored(coverage) ?? meanEstimate(clipValues, rng);
  const outcome =
    estimate.status === 'ok'
      ? { ...estimate, ...warningsField([...(estimate.warnings ?? []), ...countedWarnings(warnings)]) }
      : estimate;
  return {
    metric: { id: metric.id, version: metric.version },
    systemId,
    outcome,
    coverage,
    smallestDetectableDifference: smallestDetectableDifference(outcome),
    clipIds: values.map(({ clipId }) => clipId),
    clipValues,
  };
}

function warningsField(warnings: readonly string[]): { readonly warnings?: readonly string[] } {
  return warnings.length > 0 ? { warnings } : {};
}

function averageSeeds(input: {
  readonly metric: MetricRef;
  readonly systemId: string;
  readonly clipScores: readonly ClipScore[];
  readonly clipIds: readonly string[];
}): { values: ClipValue[]; coverage: Coverage; warnings: string[] } {
  const byClip = scoresByClip(input);
  const values: ClipValue[] = [];
  const missing: { clipId: string; reason: string }[] = [];
  const warnings: string[] = [];
  for (const clipId of sortedById(input.clipIds, (id) => id)) {
    const scores = [...(byClip.get(clipId) ?? [])].sort((a, b) => a.seed - b.seed);
    const scored = scores.flatMap(({ outcome }) => (outcome.status === 'ok' ? [outcome.value] : []));
    if (scored.length === 0) missing.push({ clipId, reason: reasonsOf(scores) });
    else {
      values.push({ clipId, value: mean(scored) });
      warnings.push(...scores.flatMap(warningsOf));
    }
  }
  return { values, coverage: { scored: values.length, total: input.clipIds.length, missing }, warnings };
}

function scoresByClip(input: {
  readonly metric: MetricRef;
  readonly systemId: string;
  readonly clipScores: readonly ClipScore[];
}): Map<string, ClipScore[]> {
  const byClip = new Map<string, ClipScore[]>();
  for (const score of input.clipScores) {
    if (score.metric.id !== input.metric.id || score.systemId !== input.systemId) continue;
    const scores = byClip.get(score.clipId);
    if (scores) scores.push(score);
    else byClip.set(score.clipId, [score]);
  }
  return byClip;
}

function reasonsOf(scores: readonly ClipScore[]): string {
  const reasons = scores.flatMap(({ outcome }) => (outcome.status === 'ok' ? [] : [reasonOf(outcome)]));
  return [...new Set(reasons)].join('; ') || 'not scored';
}

function warningsOf(score: ClipScore): readonly string[] {
  if (score.outcome.status === 'ok') return score.outcome.warnings ?? [];
  return [`clip ${score.clipId}: seed ${score.seed} is missing: ${reasonOf(score.outcome)}`];
}
