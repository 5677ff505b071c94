import { seededRng } from '../core/rng.js';
import { intervalResamples } from './settings.js';

/**
 * The clips (by index) of each resample, drawn with replacement. Depends on the number of clips alone: two systems on the same clips have the
 * same resamples, so that their values can be subtracted one by one.
 */
export function resampleDraws(clipCount: number): number[][] {
  const rng = seededRng('set-resamples', clipCount);
  const draw = (): number[] => Array.from({ length: clipCount }, () => rng.integer(clipCount));
  return Array.from({ length: intervalResamples }, draw);
}
