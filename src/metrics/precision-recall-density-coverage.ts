import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { squaredDistance } from '../linalg/distance-blocks.js';
import { commonMean } from '../linalg/distance-bounds.js';
import { type Matrix, type NumericMatrix, nonFiniteRow } from '../linalg/matrix.js';
import { squaredNeighbourDistances } from '../linalg/neighbour-distances.js';
import { forRoughDistanceBlocks, roughCore, roughReach } from '../linalg/rough-distances.js';
import { roughRows } from '../linalg/rough-rows.js';
import { scaledBy, unitScale } from '../linalg/unit-scale.js';

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

export interface NeighbourhoodOptions {
  /** The ball of a sample reaches to its k-th nearest neighbour. */
  readonly k: number;
  /** Whether a sample exactly on the edge of a ball is inside; not if left out. */
  readonly edgeIsInside?: boolean;
}

/**
 * Precision and recall (Kynkäänniemi et al. 2019) and density and coverage (Naeem et al. 2020) of generated against real
 * samples, one a row. The ball of a sample reaches to its k-th nearest neighbour in its own set, itself not counted;
 * inside means strictly nearer, as in the `prdc` package, or with `edgeIsInside` nearer or equally near, as in torch-fidelity
 * (metric_prc.py, whose customary k is 3). Refuses sets of fewer than k + 1 samples, values that are not finite and different numbers
 * of columns; warns about balls of radius 0, which nothing but duplicates of their centre can be inside.
 */
export function precisionRecallDensityCoverage(
  real: NumericMatrix,
  generated: NumericMatrix,
  options: NeighbourhoodOptions,
): Outcome<PrecisionRecallDensityCoverage> {
  const refusal = refusalOf(real, generated, options.k);
  if (refusal !== undefined) return refusal;
  // Who is nearer to whom does not depend on the unit.
  const scale = unitScale(real, generated);
  const realSet = scaledBy(real, scale);
  const generatedSet = scaledBy(generated, scale);
  const realRadii = squaredNeighbourDistances(realSet, options);
  const generatedRadii = squaredNeighbourDistances(generatedSet, options);
  const edgeIsInside = options.edgeIsInside === true;
  const hits = countHits({ realSet, generatedSet, realRadii, generatedRadii, edgeIsInside });
  return ok(
    {
      precision: shareAboveZero(hits.realBallsAround),
      recall: shareAboveZero(hits.generatedBallsAround),
      density: hits.realBallsAround.reduce((sum, count) => sum + count, 0) / (options.k * generated.rows),
      coverage: shareAboveZero(hits.inRealBall),
    },
    [
      ...warningsOf(realRadii, { name: 'real', ...options }),
      ...warningsOf(generatedRadii, { name: 'generated', ...options }),
    ],
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

interface Sets {
  readonly realSet: Matrix;
  readonly generatedSet: Matrix;
  readonly realRadii: Float64Array;
  readonly generatedRadii: Float64Array;
  readonly edgeIsInside: boolean;
}

interface Hits {
  /** For each generated sample: the real balls that it is in. */
  readonly realBallsAround: Uint32Array;
  /** For each real sample: the generated balls that it is in. */
  readonly generatedBallsAround: Uint32Array;
  /** For each real sample: the generated samples in its ball. */
  readonly inRealBall: Uint32Array;
}

/** Distances are first taken of rounded rows; those that this leaves in doubt are computed exactly. */
function countHits({ realSet, generatedSet, realRadii, generatedRadii, edgeIsInside }: Sets): Hits {
  const realBallsAround = new Uint32Array(generatedSet.rows);
  const generatedBallsAround = new Uint32Array(realSet.rows);
  const inRealBall = new Uint32Array(realSet.rows);
  const offset = commonMean(realSet, generatedSet);
  const [x, y] = [roughRows(realSet, offset), roughRows(generatedSet, offset)];
  const largestError = Math.max(x.largestError, y.largestError);
  const limitsOf = (radii: Float64Array, norms: Float64Array, limitOf: typeof roughReach): Float32Array =>
    Float32Array.from(radii, (radius, row) =>
      limitOf({ norm: norms[row]!, distance: Math.sqrt(radius), largestError }),
    );
  const [realCore, generatedCore] = [
    limitsOf(realRadii, x.norms, roughCore),
    limitsOf(generatedRadii, y.norms, roughCore),
  ];
  const limits = {
    from: Number.NEGATIVE_INFINITY,
    x: limitsOf(realRadii, x.norms, roughReach),
    y: limitsOf(generatedRadii, y.norms, roughReach),
  };
  forRoughDistanceBlocks({ x, y }, (block) => {
    const candidates = block.listWithin(limits);
    for (let place = 0; place < candidates.length; place++) {
      const position = candidates[place]!;
      const distance = block.squared[position]!;
      const [real, generated] = [block.rowAt(position), block.otherAt(position)];
      let exact: number | undefined;
      const isInside = (
        radius: number,
        { core, reach }: { readonly core: number; readonly reach: number },
      ): boolean => {
        if (distance < core) return true;
        if (distance >= reach) return false;
        exact ??= squaredDistance(realSet, generatedSet, { row: real, other: generated });
        return exact < radius || (edgeIsInside && exact === radius);
      };
      if (isInside(realRadii[real]!, { core: realCore[real]!, reach: limits.x[real]! })) {
        realBallsAround[generated]! += 1;
        inRealBall[real]! += 1;
      }
      const ball = { core: generatedCore[generated]!, reach: limits.y[generated]! };
      if (isInside(generatedRadii[generated]!, ball)) generatedBallsAround[real]! += 1;
    }
  });
  return { realBallsAround, generatedBallsAround, inRealBall };
}

function shareAboveZero(counts: Uint32Array): number {
  return counts.filter((count) => count > 0).length / counts.length;
}

function warningsOf(
  radii: Float64Array,
  options: { readonly name: string; readonly edgeIsInside?: boolean },
): string[] {
  const empty = radii.filter((radius) => radius === 0).length;
  if (empty === 0) return [];
  const inside = options.edgeIsInside === true ? 'only duplicates count' : 'nothing counts';
  return [
    `${empty} of ${radii.length} ${options.name} samples have a neighbourhood of radius 0 (duplicates): ${inside} as inside`,
  ];
}
