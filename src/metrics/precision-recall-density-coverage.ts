import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { forDistanceBlocks, squaredDistance } from '../linalg/distance-blocks.js';
import { distanceSlack, singleAbove } from '../linalg/distance-bounds.js';
import { type Matrix, type NumericMatrix, nonFiniteRow } from '../linalg/matrix.js';
import { squaredNeighbourDistances } from '../linalg/neighbour-distances.js';
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

/** Distances are first taken in float32; those within its rounding of a radius are computed again, exactly. */
function countHits({ realSet, generatedSet, realRadii, generatedRadii, edgeIsInside }: Sets): Hits {
  const realBallsAround = new Uint32Array(generatedSet.rows);
  const generatedBallsAround = new Uint32Array(realSet.rows);
  const inRealBall = new Uint32Array(realSet.rows);
  const slack = distanceSlack(realSet, generatedSet);
  const reachOf = (radii: Float64Array): Float32Array =>
    Float32Array.from(radii, (radius) => singleAbove(radius + slack));
  const limits = { from: Number.NEGATIVE_INFINITY, x: reachOf(realRadii), y: reachOf(generatedRadii) };
  forDistanceBlocks({ x: realSet, y: generatedSet }, (block) => {
    const candidates = block.listWithin(limits);
    for (let place = 0; place < candidates.length; place++) {
      const position = candidates[place]!;
      const distance = block.squared[position]!;
      const [real, generated] = [block.rowAt(position), block.otherAt(position)];
      const isInside = (radius: number): boolean => {
        if (Math.abs(distance - radius) > slack) return distance < radius;
        const exact = squaredDistance(realSet, generatedSet, { row: real, other: generated });
        return exact < radius || (edgeIsInside && exact === radius);
      };
      if (isInside(realRadii[real]!)) {
        realBallsAround[generated]! += 1;
        inRealBall[real]! += 1;
      }
      if (isInside(generatedRadii[generated]!)) generatedBallsAround[real]! += 1;
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
