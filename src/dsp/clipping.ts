import { lengthOf, type Waveform } from '../core/waveform.js';

/** The largest positive value of 16-bit sound. */
const fullScale = 32767 / 32768;
/** A single sample or two at full scale is a peak; a flat top is longer. */
const shortestRun = 3;

/**
 * Share of samples that are clipped, 0 to 1: those in runs of at least three samples of one channel at or beyond full scale with one sign.
 * Sound without samples has none.
 */
export function clippedShare(waveform: Waveform): number {
  const samples = waveform.channels.length * lengthOf(waveform);
  if (samples === 0) return 0;
  return waveform.channels.reduce((sum, channel) => sum + clippedSamples(channel), 0) / samples;
}

function clippedSamples(channel: Float32Array): number {
  let clipped = 0;
  let run = 0;
  let sign = 0;
  for (let index = 0; index < channel.length; index++) {
    const value = channel[index]!;
    const here = value >= fullScale ? 1 : value <= -fullScale ? -1 : 0;
    if (here === sign) {
      run += 1;
      continue;
    }
    if (sign !== 0 && run >= shortestRun) clipped += run;
    sign = here;
    run = 1;
  }
  return sign !== 0 && run >= shortestRun ? clipped + run : clipped;
}
