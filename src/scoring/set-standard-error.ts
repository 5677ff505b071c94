import { jackknifeStandardError } from '../stats/jackknife.js';
import { standardDeviation } from '../stats/variance.js';
import type { SetValues } from './set-values.js';

/** Of a set metric or of a difference, from its replicates, and the degrees of freedom of a t interval around it. */
export function setStandardError({ replicates, method, clipCount }: Omit<SetValues, 'value'>): {
  readonly standardError: number;
  readonly degreesOfFreedom: number;
} {
  return method === 'bootstrap-percentile'
    ? { standardError: standardDeviation(replicates), degreesOfFreedom: clipCount - 1 }
    : { standardError: jackknifeStandardError(replicates), degreesOfFreedom: replicates.length - 1 };
}
