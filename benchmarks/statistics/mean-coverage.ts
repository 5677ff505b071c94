import { type Rng, seededRng } from '../../src/core/rng.js';
import { meanEstimate } from '../../src/scoring/mean-estimate.js';
import { pairedBootstrapPValue } from '../../src/stats/paired-bootstrap.js';

export interface MeanCoverage {
  readonly shape: string;
  readonly clips: number;
  readonly repetitions: number;
  /** Share of 95 % intervals that hold the true mean, 0. */
  readonly covered: number;
  /** Share of samples in which the paired test finds a difference from 0 at 5 %. */
  readonly falsePositives: number;
}

export interface Shape {
  readonly name: string;
  readonly draw: (rng: Rng) => number;
}

/** Distributions of clip values, or of differences of two systems on a clip, with mean 0. */
export const shapes: readonly Shape[] = [
  { name: 'normal', draw: (rng) => rng.normal() },
  { name: 'exponential', draw: (rng) => -Math.log(1 - rng.next()) - 1 },
  // A KL divergence: never below 0, with a long tail above.
  { name: 'log-normal', draw: (rng) => Math.exp(rng.normal()) - Math.exp(0.5) },
  {
    // Two systems whose log-normal values share half of their variance, that of the clip.
    name: 'difference of log-normals',
    draw: (rng) => {
      const clip = rng.normal();
      const value = (): number => Math.exp(Math.SQRT1_2 * (clip + rng.normal()));
      return value() - value();
    },
  },
  { name: 'two values, 9:1', draw: (rng) => (rng.next() < 0.1 ? 0.9 : -0.1) },
];

export const meanCounts = [5, 10, 20, 50, 100] as const;

export function measureMeanCoverage(
  { name, draw }: Shape,
  { clips, repetitions }: { readonly clips: number; readonly repetitions: number },
): MeanCoverage {
  let covered = 0;
  let found = 0;
  for (let time = 0; time < repetitions; time++) {
    const rng = seededRng('mean', name, clips, time);
    const values = Array.from({ length: clips }, () => draw(rng));
    const estimate = meanEstimate(values, rng);
    if (estimate.status === 'ok' && estimate.value.lower <= 0 && estimate.value.upper >= 0) covered++;
    if (pairedBootstrapPValue(values, { resamples: 999, rng }) < 0.05) found++;
  }
  const share = (count: number): number => count / repetitions;
  return { shape: name, clips, repetitions, covered: share(covered), falsePositives: share(found) };
}
