import { neutralPalette, type VideoProfile } from '../../../src/baselines/composer/video-profile.js';

/** A profile made of curves alone; those left out are zero. */
export function profileOf(
  difference: readonly number[],
  others: Partial<Omit<VideoProfile, 'difference' | 'timeSeconds'>> = {},
): VideoProfile {
  const framesPerSecond = others.framesPerSecond ?? 25;
  return {
    framesPerSecond,
    timeSeconds: Float64Array.from(difference, (_, frame) => frame / framesPerSecond),
    difference: Float64Array.from(difference),
    colourDifference: new Float64Array(difference.length),
    histogramChange: new Float64Array(difference.length),
    palette: neutralPalette,
    ...others,
  };
}

/** Zeros but for the given values by index. */
export function sparse(length: number, values: Readonly<Record<number, number>>): number[] {
  return Array.from({ length }, (_, index) => values[index] ?? 0);
}
