import { type Rng, seededRng } from '../../src/core/rng.js';
import { meanEstimate } from '../../src/scoring/mean-estimate.js';
import { pairedBootstrapPValue } from '../../src/stats/paired-bootstrap.js';
import { klOfClip } from './kl-law.js';

export interface MeanCoverage {
  readonly shape: string;
  readonly clips: number;
  readonly repetitions: number;
  /** Share of 95 % intervals that hold the true mean. */
  readonly covered: number;
  /** Share of samples in which the paired test finds a difference from the true mean at 5 %. */
  readonly falsePositives: number;
}

export interface Shape {
  readonly name: string;
  readonly draw: (rng: Rng) => number;
  /** Draws that the true mean is taken from, where it is not 0. */
  readonly meanDraws?: number;
}

/** Distributions of clip values, or of differences of two systems on a clip. */
export const shapes: readonly Shape[] = [
  { name: 'normal', draw: (rng) => rng.normal() },
  { name: 'exponential', draw: (rng) => -Math.log(1 - rng.next()) - 1 },
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
  { name: 'KL divergence', draw: (rng) => klOfClip(rng)(), meanDraws: 200_000 },
  {
    name: 'difference of KL divergences',
    draw: (rng) => {
      const value = klOfClip(rng);
      return value() - value();
    },
  },
  { name: 'two values, 9:1', draw: (rng) => (rng.next() < 0.1 ? 0.9 : -0.1) },
];

export const meanCounts = [5, 10, 20, 50, 100] as const;

export function measureMeanCoverage(
  shape: Shape,
  { clips, repetitions }: { readonly clips: number; readonly repetitions: number },
): MeanCoverage {
  const expected = trueMean(shape);
  let covered = 0;
  let found = 0;
  for (let time = 0; time < repetitions; time++) {
    const rng = seededRng('mean', shape.name, clips, time);
    const values = Array.from({ length: clips }, () => shape.draw(rng) - expected);
    const estimate = meanEstimate(values, rng);
    if (estimate.status === 'ok' && estimate.value.lower <= 0 && estimate.value.upper >= 0) covered++;
    if (pairedBootstrapPValue(values, { resamples: 999, rng }) < 0.05) found++;
  }
  const share = (count: number): number => count / repetitions;
  return { shape: shape.name, clips, repetitions, covered: share(covered), falsePositives: share(found) };
}

const trueMeans = new Map<string, number>();

function trueMean({ name, draw, meanDraws = 0 }: Shape): number {
  const known = trueMeans.get(name);
  if (known !== undefined) return known;
  const rng = seededRng('true-mean', name);
  let sum = 0;
  for (let time = 0; time < meanDraws; time++) sum += draw(rng);
  const value = meanDraws > 0 ? sum / meanDraws : 0;
  trueMeans.set(name, value);
  return value;
}
