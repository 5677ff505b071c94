import { mapOutcome, type Outcome } from '../core/outcome.js';
import type { Waveform } from '../core/waveform.js';
import { longTermSpectrum } from './long-term-spectrum.js';

/** What is further than this below the loudest bin of the long-term spectrum is nothing. */
export const bandwidthRangeDb = 80;

/**
 * The frequency in Hz above which nothing is: that of the highest bin of the long-term spectrum that lies within 80 dB of the loudest one.
 * Does not depend on level. Skipped: digital silence, less than 4096 samples.
 */
export function bandwidthHz(waveform: Waveform): Outcome<number> {
  return mapOutcome(longTermSpectrum(waveform), ({ power, binHz }) => {
    const loudest = power.reduce((most, value) => Math.max(most, value), 0);
    const least = loudest * 10 ** (-bandwidthRangeDb / 10);
    return binHz * power.findLastIndex((value) => value >= least);
  });
}
