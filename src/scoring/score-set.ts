import { type Outcome, ok } from '../core/outcome.js';
import type { Coverage, Estimate, Figure, SampleSize } from '../core/score.js';
import type { SetMetric } from '../metrics/metric.js';
import type { ClipFeatures } from './clip-features.js';
import { smallestDetectableDifference } from './detectable-difference.js';
import type { ScoredSystem } from './feature-lookup.js';
import { noneScored } from './none-scored.js';
import { setInterval } from './set-interval.js';
import { type ClipPair, pairClips, type SetValues, setValues } from './set-values.js';
import { fewClipsOfSets } from './settings.js';
import { countedWarnings } from './warnings.js';

/**
 * Figure of a set metric: the value on all clips with a jackknife-t interval over clips. Deleting a clip deletes the
 * system's and the target's windows of it together, and a clip that the system lacks is taken out of the
 * targets too, so that both sides always hold the same clips. Never a percentile bootstrap of a distance: the duplicates of a
 * resample bias it upwards. Metrics that ask for it (median ranks) have one.
 */
export function scoreSet(input: {
  readonly metric: SetMetric;
  readonly system: ScoredSystem;
  readonly systemFeatures: ClipFeatures;
  /** Of the references or the videos; may be empty for a metric that judges the system alone. */
  readonly targetFeatures: ClipFeatures;
  readonly clipIds: readonly string[];
}): Figure {
  const { metric, system } = input;
  const sets = { clipIds: input.clipIds, system: input.systemFeatures, target: input.targetFeatures };
  const { clips, coverage, warnings } = pairClips(metric, sets);
  const values = noneScored(coverage) ?? setValues(metric, clips);
  const sampleSize = sampleSizeOf(clips);
  const remarks = [
    ...countedWarnings(warnings),
    ...coverageRemarks(metric, coverage),
    ...sampleRemarks(metric, sampleSize),
    ...sameSetRemarks(metric, system),
  ];
  const outcome = withRemarks(estimateOf(metric, values), remarks);
  return {
    metric: { id: metric.id, version: metric.version },
    systemId: system.id,
    outcome,
    coverage,
    smallestDetectableDifference: smallestDetectableDifference(outcome),
    clipIds: clips.map(({ clipId }) => clipId),
    clipValues: values.status === 'ok' ? values.value.replicates : [],
    sampleSize,
  };
}

function sampleSizeOf(clips: readonly ClipPair[]): SampleSize {
  const windows = clips.reduce((sum, { system }) => sum + system.rows, 0);
  return { clips: clips.length, windows, dimensions: clips[0]?.system.columns ?? 0 };
}

/** Ranks against videos do not mind the number of dimensions. */
function sampleRemarks(metric: SetMetric, { clips, windows, dimensions }: SampleSize): string[] {
  if (metric.against === 'video' || clips > dimensions) return [];
  return [
    `${clips} clips (${windows} windows) in ${dimensions} dimensions: the value depends on the number of clips, compare it at equal numbers only`,
  ];
}

function estimateOf(metric: SetMetric, values: Outcome<SetValues>): Outcome<Estimate> {
  if (values.status !== 'ok') return values;
  const { estimate, warnings } = setInterval(values.value, { range: metric.range });
  return ok(estimate, [...(values.warnings ?? []), ...warnings, ...fewClipsRemarks(values.value.clipCount)]);
}

function fewClipsRemarks(clipCount: number): string[] {
  return clipCount < fewClipsOfSets
    ? [`${clipCount} clips only: the interval can cover less often than its nominal 95 %`]
    : [];
}

function coverageRemarks(metric: SetMetric, coverage: Coverage): string[] {
  if (coverage.scored === coverage.total || metric.against === 'nothing') return [];
  const others = metric.against === 'video' ? 'set of videos' : 'reference set';
  return [`${coverage.scored} of ${coverage.total} clips: the ${others} is restricted to the same clips`];
}

function sameSetRemarks(metric: SetMetric, system: ScoredSystem): string[] {
  return system.sameSet && metric.against === 'reference'
    ? ['plays the reference recordings themselves: the value follows from that and is not compared']
    : [];
}

function withRemarks(estimate: Outcome<Estimate>, remarks: readonly string[]): Outcome<Estimate> {
  if (estimate.status !== 'ok') return estimate;
  return ok(estimate.value, [...(estimate.warnings ?? []), ...remarks]);
}
