import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { float64Of, type Matrix, type NumericMatrix, nonFiniteRow, rowOf } from '../linalg/matrix.js';
import { squaredDistances } from '../linalg/squared-distances.js';

export interface PrecisionRecallDensityCoverage {
  /** Share of generated samples inside the ball of at least one real sample. */
  readonly precision: number;
  /** Share of real samples inside the ball of at least one generated sample. */
  readonly recall: number;
  /** Real balls that hold a generated sample, on average, divided by k; can exceed 1. */
  readonly density: number;
  /** Share of real samples whose ball holds at least one generated sample. */
  readonly coverage: number;
}

/** Rows of distances held at a time, which bounds the memory at this times the size of a set. */
const rowBlock = 64;

/**
 * Precision and recall (Kynkäänniemi et al. 2019) and density and coverage (Naeem et al. 2020) of generated against real
 * samples, one a row. The ball of a sample reaches to its k-th nearest neighbour in its own set, itself not counted;
 * inside means strictly nearer, as in the `prdc` package (torch-fidelity uses <=). Refuses sets of fewer than k + 1
 * samples, values that are not finite and different numbers of columns; warns about balls of radius 0, which nothing can be inside.
 */
export function precisionRecallDensityCoverage(
  real: NumericMatrix,
  generated: NumericMatrix,
  options: { readonly k: number },
): Outcome<PrecisionRecallDensityCoverage> {
  const refusal = refusalOf(real, generated, options.k);
  if (refusal !== undefined) return refusal;
  const realSet = float64Of(real);
  const generatedSet = float64Of(generated);
  const realRadii = squaredRadii(realSet, options.k);
  const generatedRadii = squaredRadii(generatedSet, options.k);
  const hits = countHits({ realSet, generatedSet, realRadii, generatedRadii });
  return ok(
    {
      precision: shareAboveZero(hits.realBallsAround),
      recall: shareAboveZero(hits.generatedBallsAround),
      density: hits.realBallsAround.reduce((sum, count) => sum + count, 0) / (options.k * generated.rows),
      coverage: shareAboveZero(hits.inRealBall),
    },
    [...warningsOf(realRadii, 'real'), ...warningsOf(generatedRadii, 'generated')],
  );
}

function refusalOf(real: NumericMatrix, generated: NumericMatrix, k: number): Outcome<never> | undefined {
  if (real.columns !== generated.columns) {
    return failed('dimensions-differ', `the real set has ${real.columns} columns, the generated ${generated.columns}`);
  }
  for (const [name, set] of [
    ['real', real],
    ['generated', generated],
  ] as const) {
    if (set.rows < k + 1) {
      return skipped(`${k} nearest neighbours need at least ${k + 1} samples, the ${name} set has ${set.rows}`);
    }
    const badRow = nonFiniteRow(set);
    if (badRow !== undefined) {
      return failed('not-finite', `row ${badRow} of the ${name} set holds a value that is not finite`);
    }
  }
  return undefined;
}

/** The squared distance of each row to its k-th nearest other row. */
function squaredRadii(set: Matrix, k: number): Float64Array {
  const radii = new Float64Array(set.rows);
  forDistanceRows(set, set, (row, distances) => {
    radii[row] = kthSmallest(distances, { k, except: row });
  });
  return radii;
}

/** The k-th smallest value, leaving out the one at index `except`: an insertion into the k smallest so far. */
function kthSmallest(values: Float64Array, { k, except }: { readonly k: number; readonly except: number }): number {
  const smallest = new Float64Array(k).fill(Number.POSITIVE_INFINITY);
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (index === except || value >= smallest[k - 1]!) continue;
    let place = k - 1;
    for (; place > 0 && smallest[place - 1]! > value; place--) smallest[place] = smallest[place - 1]!;
    smallest[place] = value;
  }
  return smallest[k - 1]!;
}

interface Sets {
  readonly realSet: Matrix;
  readonly generatedSet: Matrix;
  readonly realRadii: Float64Array;
  readonly generatedRadii: Float64Array;
}

interface Hits {
  /** For each generated sample: the real balls that it is in. */
  readonly realBallsAround: Uint32Array;
  /** For each real sample: the generated balls that it is in. */
  readonly generatedBallsAround: Uint32Array;
  /** For each real sample: the generated samples in its ball. */
  readonly inRealBall: Uint32Array;
}

function countHits({ realSet, generatedSet, realRadii, generatedRadii }: Sets): Hits {
  const realBallsAround = new Uint32Array(generatedSet.rows);
  const generatedBallsAround = new Uint32Array(realSet.rows);
  const inRealBall = new Uint32Array(realSet.rows);
  forDistanceRows(realSet, generatedSet, (real, distances) => {
    const radius = realRadii[real]!;
    for (let generated = 0; generated < distances.length; generated++) {
      const distance = distances[generated]!;
      if (distance < radius) {
        realBallsAround[generated]! += 1;
        inRealBall[real]! += 1;
      }
      if (distance < generatedRadii[generated]!) generatedBallsAround[real]! += 1;
    }
  });
  return { realBallsAround, generatedBallsAround, inRealBall };
}

/** Squared distances of each row of `a` to all rows of `b`, some rows in memory at a time. */
function forDistanceRows(a: Matrix, b: Matrix, visit: (row: number, distances: Float64Array) => void): void {
  for (let from = 0; from < a.rows; from += rowBlock) {
    const to = Math.min(from + rowBlock, a.rows);
    const block = squaredDistances(a, b, { from, to });
    for (let row = from; row < to; row++) visit(row, rowOf(block, row - from));
  }
}

function shareAboveZero(counts: Uint32Array): number {
  return counts.filter((count) => count > 0).length / counts.length;
}

function warningsOf(radii: Float64Array, name: string): string[] {
  const empty = radii.filter((radius) => radius === 0).length;
  if (empty === 0) return [];
  return [
    `${empty} of ${radii.length} ${name} samples have a neighbourhood of radius 0 (duplicates): nothing counts as inside`,
  ];
}
