import type { FeatureMatrix } from '../../src/core/features.js';
import { type Outcome, reasonOf } from '../../src/core/outcome.js';
import type { Rng } from '../../src/core/rng.js';
import { float64Of, type Matrix } from '../../src/linalg/matrix.js';
import { squaredDistances } from '../../src/linalg/squared-distances.js';
import { frechetOfWindows } from '../../src/metrics/frechet-of-windows.js';
import type { SetFeatures } from '../../src/metrics/metric.js';
import { neighbourhoodsWithout } from '../../src/metrics/neighbourhoods-without.js';
import {
  type PrecisionRecallDensityCoverage,
  precisionRecallDensityCoverage,
} from '../../src/metrics/precision-recall-density-coverage.js';
import { vendiScore } from '../../src/metrics/vendi-score.js';
import {
  medianRank,
  recallAt,
  resampledMedianRanks,
  retrievalPlaces,
} from '../../src/metrics/video/retrieval-ranks.js';
import { concatRows } from '../../src/scoring/concat-rows.js';
import { quantile } from '../../src/stats/quantile.js';

/** References and two systems of equal quality on the same clips. */
export interface Draw {
  readonly references: readonly FeatureMatrix[];
  readonly systems: readonly [readonly FeatureMatrix[], readonly FeatureMatrix[]];
}

/** Set metrics that are computed together, on made-up clips whose law is known. */
export interface Family {
  /** One name a value. */
  readonly names: readonly string[];
  /** As metrics write it, one a value; without bounds if left out. */
  readonly ranges?: readonly string[];
  readonly counts: readonly number[];
  compute(sets: SetFeatures): readonly number[];
  /** Values with each group of clips left out, where there is a faster way. */
  leaveOut?(sets: SetFeatures, groups: readonly (readonly number[])[]): readonly (readonly number[])[];
  /** Values on each resample of clips (by index), for those that have a bootstrap interval. */
  resampled?(sets: SetFeatures, draws: readonly (readonly number[])[]): readonly (readonly number[] | undefined)[];
  readonly draw: (rng: Rng, clipCount: number) => Draw;
  /** Value on infinitely many clips, where it is known. */
  readonly limit?: number;
}

interface Shape {
  readonly dimensions: number;
  readonly windows: number;
}

/** Windows around a centre for each clip; half of a system's variance between clips is shared with the clip's reference. */
function gaussianDraw({ dimensions, windows }: Shape): Family['draw'] {
  return (rng, clipCount) => {
    // A decaying spectrum, as features have.
    const scales = Array.from({ length: dimensions }, (_, column) => (column + 1) ** -0.5);
    const centres = Array.from({ length: clipCount }, () => scales.map((scale) => scale * rng.normal()));
    const set = (like: { scale: number; shift: number }): FeatureMatrix[] =>
      centres.map((centre) => {
        const own = centre.map((value, column) => Math.SQRT1_2 * (value + (scales[column] as number) * rng.normal()));
        const cells = Array.from({ length: windows }, () =>
          own.map((value, column) => {
            const scale = scales[column] as number;
            return like.shift * scale + like.scale * (value + 0.5 * scale * rng.normal());
          }),
        );
        return { rows: windows, columns: dimensions, data: Float32Array.from(cells.flat()) };
      });
    const like = { scale: 1.2, shift: 0.25 };
    return { references: set({ scale: 1, shift: 0 }), systems: [set(like), set(like)] };
  };
}

const neighbours = 5;
const neighbourhoodNames = ['precision', 'recall', 'density', 'coverage'] as const;

function valuesOf(all: PrecisionRecallDensityCoverage): number[] {
  return neighbourhoodNames.map((name) => all[name]);
}

const neighbourhoods: Family = {
  names: neighbourhoodNames,
  ranges: ['0 to 1', '0 to 1', '0 to infinity', '0 to 1'],
  counts: [10, 20, 50, 100],
  compute({ system, target }) {
    const [real, generated] = [concatRows(target), concatRows(system)];
    return valuesOf(required(precisionRecallDensityCoverage(real, generated, { k: neighbours })));
  },
  leaveOut({ system, target }, groups) {
    const [real, generated] = [concatRows(target), concatRows(system)];
    return required(neighbourhoodsWithout(real, generated, { k: neighbours, groups })).map(valuesOf);
  },
  draw: gaussianDraw({ dimensions: 8, windows: 1 }),
};

function required<T>(outcome: Outcome<T>): T {
  if (outcome.status !== 'ok') throw new Error(reasonOf(outcome));
  return outcome.value;
}

function rowsOf(clips: readonly FeatureMatrix[]): Float32Array[] {
  return clips.map(({ data }) => data);
}

/** Squared distances of all rows of `a` to all rows of `b`; of a set to itself without the diagonal. */
function pairs(a: readonly FeatureMatrix[], b: readonly FeatureMatrix[]): Float64Array {
  const [x, y] = [concatRows(a), concatRows(b)].map(float64Of) as [Matrix, Matrix];
  const { data } = squaredDistances(x, y, { from: 0, to: x.rows });
  return a === b ? data.filter((_, index) => index % (x.rows + 1) !== 0) : data;
}

/** Unbiased squared MMD x 100 with a Gaussian kernel as wide as the median distance of the references (KAD, arXiv:2502.15602). */
function kernelDistance({ system, target }: SetFeatures): number[] {
  const ofTarget = pairs(target, target);
  const width = 2 * quantile(ofTarget, 0.5);
  const meanKernel = (distances: Float64Array): number =>
    distances.reduce((sum, distance) => sum + Math.exp(-distance / width), 0) / distances.length;
  const inside = meanKernel(ofTarget) + meanKernel(pairs(system, system));
  return [100 * (inside - 2 * meanKernel(pairs(system, target)))];
}

/** Of each video with all pieces of music: the nearer, the larger. */
function similarities({ system, target }: SetFeatures): Float64Array {
  const [music, videos] = [concatRows(system), concatRows(target)].map(float64Of) as [Matrix, Matrix];
  return squaredDistances(videos, music, { from: 0, to: videos.rows }).data.map((distance) => -distance);
}

/** Inception score in one split, of logits (arXiv:1606.03498). */
function inceptionScore({ system }: SetFeatures): number[] {
  const items = rowsOf(system).map((logits) => {
    const weights = Array.from(logits, (logit) => Math.exp(3 * logit));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  });
  const first = items[0] as number[];
  const marginal = first.map((_, c) => items.reduce((sum, item) => sum + (item[c] as number), 0) / items.length);
  const divergences = items.map((item) =>
    item.reduce((sum, p, c) => sum + (p > 0 ? p * Math.log(p / (marginal[c] as number)) : 0), 0),
  );
  return [Math.exp(divergences.reduce((sum, kl) => sum + kl, 0) / items.length)];
}

/** Columns differ in scale by 1.2 and in mean by 0.25 of the references', whose windows have 1.25 times the variance of clips. */
function frechetFamily({ dimensions, windows }: Shape, rest: Pick<Family, 'counts'>): Family {
  const variances = Array.from({ length: dimensions }, (_, column) => 1 / (column + 1));
  return {
    names: [`Fréchet, ${windows} windows a clip, d = ${dimensions}`],
    compute: ({ system, target }) => [required(frechetOfWindows(system, target))],
    draw: gaussianDraw({ dimensions, windows }),
    limit: (1.25 * 0.2 ** 2 + 0.25 ** 2) * variances.reduce((sum, variance) => sum + variance, 0),
    ...rest,
  };
}

export const families: readonly Family[] = [
  frechetFamily({ dimensions: 8, windows: 3 }, { counts: [3, 5, 10, 20, 50, 100, 200] }),
  neighbourhoods,
  {
    names: ['Vendi, d = 16'],
    counts: [3, 5, 10, 20, 50],
    compute: ({ system }) => [required(vendiScore(concatRows(system), { order: 1 }))],
    draw: gaussianDraw({ dimensions: 16, windows: 1 }),
  },
  {
    names: ['kernel distance, d = 8'],
    counts: [3, 5, 10, 20, 50],
    compute: kernelDistance,
    draw: gaussianDraw({ dimensions: 8, windows: 1 }),
  },
  {
    names: ['retrieval, recall at 5', 'retrieval, median rank'],
    ranges: ['0 to 1', '1 to N'],
    counts: [10, 20, 50, 100],
    compute(sets) {
      const places = retrievalPlaces(similarities(sets));
      return [recallAt(5, places), medianRank(places)];
    },
    resampled: (sets, draws) => [undefined, resampledMedianRanks(similarities(sets), draws)],
    draw: gaussianDraw({ dimensions: 16, windows: 1 }),
  },
  {
    names: ['inception score, 10 classes'],
    counts: [5, 10, 20, 50, 100],
    compute: inceptionScore,
    draw: gaussianDraw({ dimensions: 10, windows: 1 }),
  },
  frechetFamily({ dimensions: 64, windows: 3 }, { counts: [5, 10, 20, 50] }),
];
