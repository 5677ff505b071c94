import type { ClipScore, Comparison, Figure, MetricBaselines, Scores } from '../core/score.js';
import { type ClipMetric, isClipMetric, type Metric, type SetMetric } from '../metrics/metric.js';
import { baselinesOf } from './baselines.js';
import { systemFeatures, targetFeatures } from './clip-features.js';
import { compareSystems } from './compare-systems.js';
import type { ScoringInput } from './feature-lookup.js';
import { finiteFeatures } from './finite-features.js';
import { generationScoresOf } from './generation-scores.js';
import { scorePaired } from './score-paired.js';
import { scoreSet } from './score-set.js';
import { seedSpread } from './seed-spread.js';
import { pairClips, setValues } from './set-values.js';
import { sortedById } from './sorted.js';
import { varianceShares } from './variance-shares.js';

export interface MetricScores {
  readonly figures: readonly Figure[];
  readonly baselines: MetricBaselines;
  readonly comparisons: readonly Comparison[];
}

/**
 * Everything that a run's features say: clip scores first, then figures, baselines and comparisons of
 * all metrics. The result depends neither on the order of metrics, systems, clips and seeds nor on what else is scored:
 * all are sorted, and every stream of random numbers is labelled with what it is for.
 */
export function scoreRun(input: ScoringInput & { readonly metrics: readonly Metric[] }): {
  readonly clipScores: readonly ClipScore[];
  readonly scores: Scores;
} {
  const systems = sortedById(input.systems, ({ id }) => id);
  const scored = sortedById(input.metrics, ({ id }) => id).map((metric) => {
    const clipScores = systems.flatMap(({ id }) => generationScoresOf(metric, { ...input, systemId: id }));
    return { clipScores, ...scoreMetric(metric, { ...input, clipScores }) };
  });
  return {
    clipScores: scored.flatMap(({ clipScores }) => clipScores),
    scores: {
      schemaVersion: 1,
      figures: scored.flatMap(({ figures }) => figures),
      baselines: scored.map(({ baselines }) => baselines),
      comparisons: scored.flatMap(({ comparisons }) => comparisons),
    },
  };
}

/** Figures, baselines and comparisons of one metric. `clipScores` may hold other metrics' too; set metrics need none. */
export function scoreMetric(
  metric: Metric,
  unchecked: ScoringInput & { readonly clipScores: readonly ClipScore[] },
): MetricScores {
  const input = { ...unchecked, features: finiteFeatures(unchecked.features) };
  const baselines = baselinesOf(metric, input);
  return isClipMetric(metric)
    ? { baselines, ...scoreClipMetric(metric, input) }
    : { baselines, ...scoreSetMetric(metric, input) };
}

type FiguresAndComparisons = Omit<MetricScores, 'baselines'>;

function scoreClipMetric(
  metric: ClipMetric,
  input: ScoringInput & { readonly clipScores: readonly ClipScore[] },
): FiguresAndComparisons {
  const { clipScores, clipIds, rngSeed } = input;
  const figures = sortedById(input.systems, ({ id }) => id).map(({ id }) => ({
    ...scorePaired({ metric, systemId: id, clipScores, clipIds, rngSeed }),
    varianceShares: varianceShares({ metric, systemId: id, clipScores }),
  }));
  return { figures, comparisons: compareSystems({ ...input, metric, figures }) };
}

function scoreSetMetric(metric: SetMetric, input: ScoringInput): FiguresAndComparisons {
  const { clipIds, seeds, features } = input;
  const { need } = metric;
  const target = targetFeatures(metric, { features, clipIds });
  const systems = sortedById(input.systems, ({ id }) => id).map((system) => ({
    system,
    own: systemFeatures(features, { systemId: system.id, clipIds, seeds, need }),
  }));
  const figures = systems.map(({ system, own }) => {
    const figure = scoreSet({ metric, system, systemFeatures: own, targetFeatures: target, clipIds });
    const scored = { metric, systemId: system.id, clipIds: figure.clipIds, seeds, features, targetFeatures: target };
    return { ...figure, seedSpread: seedSpread(scored) };
  });
  const ownOf = new Map(systems.map(({ system, own }) => [system.id, own]));
  const recompute = (systemId: string, common: readonly string[]): ReturnType<typeof setValues> => {
    const sets = { clipIds: common, system: ownOf.get(systemId) ?? new Map(), target };
    return setValues(metric, pairClips(metric, sets).clips);
  };
  return { figures, comparisons: compareSystems({ ...input, metric, figures, recompute }) };
}
