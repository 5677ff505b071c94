import { failed, type Outcome, ok } from '../core/outcome.js';
import type { Rng } from '../core/rng.js';
import { type Extrapolation, extrapolate, sampleSizes } from './extrapolation.js';

export interface ExtrapolationOptions {
  /** Where the indices of each step come from; `() => rng` for one stream through all steps. */
  readonly rngOfStep: (step: number) => Pick<Rng, 'integer'>;
  /** The first sample size; 500 in fadtk and kadtk. */
  readonly smallest?: number;
  /** How many sample sizes; 25 in fadtk and kadtk. */
  readonly steps?: number;
}

export interface ExtrapolatedDistance extends Extrapolation {
  readonly sizes: readonly number[];
  /** The distance of each resample. */
  readonly points: readonly number[];
}

/**
 * The scheme of fadtk and kadtk (`score_inf`): rows drawn with replacement at sizes from `smallest` to all rows, the distance of each
 * resample, and a line through the points over 1/n. Refuses as many rows as `smallest`, since all sizes are equal then and have no
 * slope; warns below it, where the sizes descend from more draws than there are rows. Passes the refusals of `distanceOf` on.
 */
export function extrapolateResamples(
  rows: number,
  distanceOf: (indices: Uint32Array) => Outcome<number>,
  { rngOfStep, smallest = 500, steps = 25 }: ExtrapolationOptions,
): Outcome<ExtrapolatedDistance> {
  if (rows === smallest || rows < 2 || steps < 2) {
    return failed('no-slope', `${rows} samples give no line: sample sizes from ${smallest} to ${rows} do not differ`);
  }
  const sizes = sampleSizes({ from: smallest, to: rows, count: steps });
  const points: number[] = [];
  for (const [step, size] of sizes.entries()) {
    const rng = rngOfStep(step);
    const distance = distanceOf(Uint32Array.from({ length: size }, () => rng.integer(rows)));
    if (distance.status !== 'ok') return distance;
    points.push(distance.value);
  }
  const warnings =
    rows < smallest
      ? [`${rows} samples are fewer than ${smallest}: the sample sizes descend from more draws than there are samples`]
      : [];
  return ok({ sizes, points, ...extrapolate(sizes, points) }, warnings);
}
