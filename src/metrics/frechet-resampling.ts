import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { choleskyFactor } from '../linalg/cholesky.js';
import { type Matrix, type NumericMatrix, nonFiniteRow, zeros } from '../linalg/matrix.js';
import { gram, gramOfColumns, multiplyTransposed } from '../linalg/product.js';
import { symmetricEigenvalues } from '../linalg/symmetric-eigenvalues.js';
import type { GaussianStatistics } from './gaussian-statistics.js';
import {
  type CountedRows,
  countedRows,
  type PooledClips,
  pooledClips,
  type WeightedMoments,
  weightedMoments,
  weightedScatter,
} from './weighted-clips.js';

/** Fréchet distances of a set whose clips are drawn again, without computing everything anew. */
export interface FrechetResampler {
  readonly clips: number;
  /**
   * The distance when clip i counts `multiplicities[i]` times with all its windows; whole numbers from 0. As `frechetDistance` of
   * the rows written out so often. Skipped when fewer than two windows remain.
   */
  distance(multiplicities: ArrayLike<number>): Outcome<number>;
  /** The distance without one clip. */
  without(clip: number): Outcome<number>;
}

/** What is left below this part of the sum of all terms is rounding, as in `frechetDistance`. */
const roundingNoise = 1e-12;

/**
 * Prepares the Fréchet distance of `system`, one matrix of windows a clip, for bootstraps and jackknives. `reference` is either a fixed
 * Gaussian or as many clips as the system has, which are then drawn together with theirs.
 *
 * With R windows in d columns, D of them in distinct drawn clips:
 * - R <= d: one Gram matrix of R x R (Rx x Ry when paired) is kept. A distance costs O(D²) and the eigenvalues of a D x D matrix, paired
 *   ones a D x D product as well: whatever d is.
 * - R > d: one d x d scatter matrix a set is kept. A distance costs O(w d²) for the w windows of the clips that do not count once
 *   (for `without` those of one clip), and the eigenvalues of a d x d matrix; paired ones two Cholesky factors and their product as well.
 *
 * Refuses sets without clips, clips without windows, values that are not finite, unequal columns and unequal numbers of clips.
 */
export function frechetResampler(
  system: readonly NumericMatrix[],
  reference: GaussianStatistics | readonly NumericMatrix[],
): Outcome<FrechetResampler> {
  const columns = system[0]?.columns ?? 0;
  const refusal = refusalOf(system, columns, 'system') ?? refusalOfReference(reference, system.length, columns);
  if (refusal !== undefined) return refusal;
  const clips = pooledClips(system);
  const compare = isGaussian(reference) ? againstFixed(clips, reference) : againstClips(clips, pooledClips(reference));
  const distance = (multiplicities: ArrayLike<number>): Outcome<number> => {
    if (multiplicities.length !== system.length) {
      return failed('counts-differ', `${multiplicities.length} multiplicities for ${system.length} clips`);
    }
    return compare(multiplicities);
  };
  return ok({
    clips: system.length,
    distance,
    without: (clip) => distance(Uint8Array.from(system, (_, index) => (index === clip ? 0 : 1))),
  });
}

function isGaussian(reference: GaussianStatistics | readonly NumericMatrix[]): reference is GaussianStatistics {
  return 'factor' in reference;
}

function refusalOfReference(
  reference: GaussianStatistics | readonly NumericMatrix[],
  clips: number,
  columns: number,
): Outcome<never> | undefined {
  if (!isGaussian(reference)) {
    if (reference.length === clips) return refusalOf(reference, columns, 'reference');
    return failed('counts-differ', `the system has ${clips} clips, the reference ${reference.length}`);
  }
  if (reference.dimensions === columns) return undefined;
  return failed('dimensions-differ', `the system has ${columns} columns, the reference ${reference.dimensions}`);
}

function refusalOf(clips: readonly NumericMatrix[], columns: number, name: string): Outcome<never> | undefined {
  if (clips.length === 0) return skipped(`the ${name} has no clips`);
  for (const [index, clip] of clips.entries()) {
    if (clip.rows === 0) return failed('no-windows', `clip ${index} of the ${name} has no windows`);
    if (clip.columns !== columns) {
      return failed('dimensions-differ', `clip ${index} of the ${name} has ${clip.columns} columns, not ${columns}`);
    }
    const row = nonFiniteRow(clip);
    if (row !== undefined) {
      return failed('not-finite', `window ${row} of clip ${index} of the ${name} holds a value that is not finite`);
    }
  }
  return undefined;
}

type Compare = (multiplicities: ArrayLike<number>) => Outcome<number>;

/** Σx and the fixed Σy = FᵀF meet in the rows X Fᵀ, whose scatter has the squares of the wanted singular values. */
function againstFixed(clips: PooledClips, reference: GaussianStatistics): Compare {
  const images = multiplyTransposed(clips.rows, reference.factor);
  const rank = Math.min(reference.factor.rows, reference.count - 1);
  const inGramForm = images.rows <= images.columns;
  const whole = inGramForm ? gram(images) : gramOfColumns(images);
  return (multiplicities) => {
    const moments = weightedMoments(clips, multiplicities);
    if (moments.count < 2) return tooFew(moments);
    const counted = countedRows(clips, multiplicities);
    const scatter = inGramForm
      ? centredProduct(whole, counted, counted)
      : takeMean(weightedScatter({ rows: images, whole, clips }, multiplicities), {
          mean: multiplyTransposed({ rows: 1, columns: clips.rows.columns, data: moments.shift }, reference.factor)
            .data,
          count: moments.count,
        });
    const singular = rootsOfLargest(scatter, Math.min(rank, counted.distinct - 1));
    return ok(distanceOf(moments, reference, singular / Math.sqrt(moments.count - 1)));
  };
}

function againstClips(clips: PooledClips, reference: PooledClips): Compare {
  const columns = clips.rows.columns;
  const inGramForm = Math.min(clips.rows.rows, reference.rows.rows) <= columns;
  const cross = inGramForm ? multiplyTransposed(clips.rows, reference.rows) : undefined;
  const wholes = inGramForm ? [] : [clips, reference].map(({ rows }) => gramOfColumns(rows));
  return (multiplicities) => {
    const sets = [clips, reference] as const;
    const [x, y] = sets.map((set) => weightedMoments(set, multiplicities)) as [WeightedMoments, WeightedMoments];
    if (Math.min(x.count, y.count) < 2) return tooFew(x.count < 2 ? x : y);
    const [left, right] = sets.map((set) => countedRows(set, multiplicities)) as [CountedRows, CountedRows];
    const product =
      cross === undefined
        ? factorProduct(sets, [x, y], { wholes, multiplicities })
        : centredProduct(cross, left, right);
    const most = Math.min(left.distinct - 1, right.distinct - 1, columns);
    const scatter = product.rows <= product.columns ? gram(product) : gramOfColumns(product);
    const singular = rootsOfLargest(scatter, Math.min(most, scatter.rows));
    return ok(distanceOf(x, y, singular / Math.sqrt((x.count - 1) * (y.count - 1))));
  };
}

/** Fx Fyᵀ of the Cholesky factors of both scatter matrices. */
function factorProduct(
  sets: readonly PooledClips[],
  moments: readonly WeightedMoments[],
  { wholes, multiplicities }: { readonly wholes: readonly Matrix[]; readonly multiplicities: ArrayLike<number> },
): Matrix {
  const factors = sets.map((clips, index) => {
    const scatter = weightedScatter({ rows: clips.rows, whole: wholes[index]!, clips }, multiplicities);
    return choleskyFactor(takeMean(scatter, { mean: moments[index]!.shift, count: moments[index]!.count }));
  });
  return multiplyTransposed(factors[0]!, factors[1]!);
}

/** √Wx (1 - 1wxᵀ/nx) P (1 - wy1ᵀ/ny) √Wy over the rows and columns that count. */
function centredProduct(product: Matrix, left: CountedRows, right: CountedRows): Matrix {
  const result = zeros(left.indices.length, right.indices.length);
  const [rowWeights, columnWeights] = [left, right].map(shares) as [Float64Array, Float64Array];
  const columnMeans = new Float64Array(result.columns);
  const { data } = result;
  const columns = right.indices;
  for (let i = 0; i < result.rows; i++) {
    const from = left.indices[i]! * product.columns;
    const to = i * columns.length;
    let rowMean = 0;
    for (let j = 0; j < columns.length; j++) {
      const value = product.data[from + columns[j]!]!;
      data[to + j] = value;
      rowMean += columnWeights[j]! * value;
    }
    const weight = rowWeights[i]!;
    for (let j = 0; j < columns.length; j++) {
      const value = data[to + j]! - rowMean;
      data[to + j] = value;
      columnMeans[j]! += weight * value;
    }
  }
  for (let i = 0; i < result.rows; i++) {
    const to = i * columns.length;
    const root = left.roots[i]!;
    for (let j = 0; j < columns.length; j++) data[to + j] = (data[to + j]! - columnMeans[j]!) * root * right.roots[j]!;
  }
  return result;
}

/** How much each row counts, of 1. */
function shares({ roots }: CountedRows): Float64Array {
  const total = roots.reduce((sum, root) => sum + root * root, 0);
  return roots.map((root) => (root * root) / total);
}

function takeMean(scatter: Matrix, { mean, count }: { readonly mean: Float64Array; readonly count: number }): Matrix {
  const n = scatter.rows;
  for (let i = 0; i < n; i++) {
    const factor = count * mean[i]!;
    for (let j = 0; j < n; j++) scatter.data[i * n + j]! -= factor * mean[j]!;
  }
  return scatter;
}

/** Only as many as the rank allows: the roots of the others are rounding noise. */
function rootsOfLargest(scatter: Matrix, rank: number): number {
  if (rank < 1) return 0;
  return symmetricEigenvalues(scatter)
    .subarray(0, rank)
    .reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0);
}

interface MeanAndTrace {
  readonly mean: Float64Array;
  readonly trace: number;
}

function distanceOf(x: MeanAndTrace, y: MeanAndTrace, traceSqrt: number): number {
  const meanTerm = x.mean.reduce((sum, mean, column) => sum + (mean - y.mean[column]!) ** 2, 0);
  const positive = meanTerm + x.trace + y.trace;
  const value = positive - 2 * traceSqrt;
  return value < roundingNoise * positive ? 0 : value;
}

function tooFew({ count }: WeightedMoments): Outcome<number> {
  return skipped(`a covariance needs at least 2 windows, ${count} are left`);
}
