import { mapOutcome, type Outcome, skipped } from '../core/outcome.js';
import { float64Of, type Matrix, type NumericMatrix } from '../linalg/matrix.js';
import { squaredDistances } from '../linalg/squared-distances.js';
import {
  type PrecisionRecallDensityCoverage,
  precisionRecallDensityCoverage,
} from './precision-recall-density-coverage.js';

/**
 * `precisionRecallDensityCoverage` with each group of rows left out of both sets, from one matrix of distances a pair of sets. Row i of
 * both belongs to one clip, so the sets are equally large. Refuses as the function itself does on the rows that stay.
 */
export function neighbourhoodsWithout(
  real: NumericMatrix,
  generated: NumericMatrix,
  options: { readonly k: number; readonly groups: readonly (readonly number[])[] },
): Outcome<readonly PrecisionRecallDensityCoverage[]> {
  const { k, groups } = options;
  const least = real.rows - Math.max(0, ...groups.map((group) => group.length));
  if (least < k + 1) return skipped(`${k} nearest neighbours need at least ${k + 1} samples, ${least} are left`);
  return mapOutcome(precisionRecallDensityCoverage(real, generated, { k }), () => {
    const [realSet, generatedSet] = [float64Of(real), float64Of(generated)];
    const nearest = k + real.rows - least;
    const sets: Sets = {
      across: squaredDistances(realSet, generatedSet, { from: 0, to: real.rows }),
      realNeighbours: nearestOthers(realSet, nearest),
      generatedNeighbours: nearestOthers(generatedSet, nearest),
    };
    return groups.map((group) => sharesOf(sets, { k, isLeft: marked(real.rows, group) }));
  });
}

interface Sets {
  /** Squared distances, real by generated. */
  readonly across: Matrix;
  readonly realNeighbours: readonly (readonly Neighbour[])[];
  readonly generatedNeighbours: readonly (readonly Neighbour[])[];
}

interface Neighbour {
  readonly row: number;
  readonly distance: number;
}

/** The nearest other rows of each row, nearest first: as many as are needed to find the k-th after any deletion. */
function nearestOthers(set: Matrix, count: number): Neighbour[][] {
  return Array.from({ length: set.rows }, (_, row) => {
    const { data } = squaredDistances(set, set, { from: row, to: row + 1 });
    const others = Array.from(data, (distance, other) => ({ row: other, distance }));
    others.splice(row, 1);
    return others.sort((a, b) => a.distance - b.distance).slice(0, count);
  });
}

function marked(rows: number, left: readonly number[]): Uint8Array {
  const marks = new Uint8Array(rows);
  for (const row of left) marks[row] = 1;
  return marks;
}

interface Deletion {
  readonly k: number;
  /** 1 for rows that are left out. */
  readonly isLeft: Uint8Array;
}

function sharesOf(
  { across, realNeighbours, generatedNeighbours }: Sets,
  deletion: Deletion,
): PrecisionRecallDensityCoverage {
  const realRadii = radiiOf(realNeighbours, deletion);
  const generatedRadii = radiiOf(generatedNeighbours, deletion);
  const rows = across.rows;
  const isPrecise = new Uint8Array(rows);
  let count = 0;
  let recalled = 0;
  let covered = 0;
  let hits = 0;
  for (let real = 0; real < rows; real++) {
    if (deletion.isLeft[real] === 1) continue;
    count++;
    const before = hits;
    let isRecalled = 0;
    for (let generated = 0; generated < rows; generated++) {
      if (deletion.isLeft[generated] === 1) continue;
      const distance = across.data[real * rows + generated]!;
      if (distance < realRadii[real]!) {
        hits++;
        isPrecise[generated] = 1;
      }
      if (distance < generatedRadii[generated]!) isRecalled = 1;
    }
    recalled += isRecalled;
    if (hits > before) covered++;
  }
  const precise = isPrecise.reduce((sum, mark) => sum + mark, 0);
  return {
    precision: precise / count,
    recall: recalled / count,
    density: hits / (deletion.k * count),
    coverage: covered / count,
  };
}

/** Squared distance of each row to its k-th nearest other row that stays. */
function radiiOf(neighbours: Sets['realNeighbours'], { k, isLeft }: Deletion): Float64Array {
  return Float64Array.from(neighbours, (nearest) => {
    let found = 0;
    for (const { row, distance } of nearest) {
      if (isLeft[row] === 0) found++;
      if (found === k) return distance;
    }
    throw new RangeError(`fewer than ${k} neighbours stay`);
  });
}
