import { mapOutcome, type Outcome } from '../core/outcome.js';
import type { Waveform } from '../core/waveform.js';
import { longTermSpectrum } from './long-term-spectrum.js';

/**
 * What is further than this below the loudest bin of the long-term spectrum is nothing. The images that common resamplers leave (ffmpeg's,
 * torchaudio's with its defaults) lie between 60 and 80 dB below.
 */
export const bandwidthRangeDb = 60;

/**
 * The frequency in Hz above which nothing is: that of the highest bin of the long-term spectrum that lies within 60 dB of the loudest one.
 * Does not depend on level. Skipped: digital silence, less than 4096 samples.
 */
export function bandwidthHz(waveform: Waveform): Outcome<number> {
  return mapOutcome(longTermSpectrum(waveform), ({ power, binHz }) => {
    const loudest = power.reduce((most, value) => Math.max(most, value), 0);
    const least = loudest * 10 ** (-bandwidthRangeDb / 10);
    return binHz * power.findLastIndex((value) => value >= least);
  });
}
