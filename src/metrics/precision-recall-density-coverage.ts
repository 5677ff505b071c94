import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { distanceSlack, forBlockRows, forDistanceBlocks, squaredDistance } from '../linalg/distance-blocks.js';
import { float64Of, type Matrix, type NumericMatrix, nonFiniteRow } from '../linalg/matrix.js';
import { squaredNeighbourDistances } from '../linalg/neighbour-distances.js';

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
  const realRadii = squaredNeighbourDistances(realSet, options);
  const generatedRadii = squaredNeighbourDistances(generatedSet, options);
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

/** Distances are first taken in float32; those within its rounding of a radius are computed again, exactly. */
function countHits({ realSet, generatedSet, realRadii, generatedRadii }: Sets): Hits {
  const realBallsAround = new Uint32Array(generatedSet.rows);
  const generatedBallsAround = new Uint32Array(realSet.rows);
  const inRealBall = new Uint32Array(realSet.rows);
  const slack = distanceSlack(realSet, generatedSet);
  const generatedReach = generatedRadii.map((radius) => radius + slack);
  forDistanceBlocks({ x: realSet, y: generatedSet }, (block) => {
    forBlockRows(block, { pairsOnly: false }, (real, { firstY, endY, at }) => {
      const reach = realRadii[real]! + slack;
      for (let generated = firstY; generated < endY; generated++) {
        const distance = block.squared[at + generated - firstY]!;
        if (distance >= reach && distance >= generatedReach[generated]!) continue;
        const isInside = (radius: number): boolean =>
          (Math.abs(distance - radius) > slack
            ? distance
            : squaredDistance(realSet, generatedSet, { row: real, other: generated })) < radius;
        if (isInside(realRadii[real]!)) {
          realBallsAround[generated]! += 1;
          inRealBall[real]! += 1;
        }
        if (isInside(generatedRadii[generated]!)) generatedBallsAround[real]! += 1;
      }
    });
  });
  return { realBallsAround, generatedBallsAround, inRealBall };
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
