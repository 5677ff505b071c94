import { type Outcome, ok, skipped } from '../core/outcome.js';
import type { Waveform } from '../core/waveform.js';
import { firstNonFinite } from './mono.js';

/**
 * Interpolation filter of ITU-R BS.1770-4, annex 2: phases 0 and 1 of four; phases 3 and 2 are their mirror images.
 * The coefficients are multiples of 2^-13.
 */
const phase0 = [
  0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625, 0.97216796875,
  -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
];
const phase1 = [
  -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625, 0.77978515625,
  -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
];
const phases = [phase0, phase1, [...phase1].reverse(), [...phase0].reverse()].map((taps) => Float64Array.from(taps));

/**
 * True peak of the loudest channel in dB relative to full scale (dBTP): the largest magnitude after fourfold
 * interpolation by the filter of BS.1770-4, annex 2, whatever the sampling rate; silence is assumed around the sound.
 * Skipped: silence, NaN or infinite samples.
 */
export function truePeakDb(waveform: Waveform): Outcome<number> {
  const peaks = truePeaks(waveform);
  if (peaks.status !== 'ok') return peaks;
  const peak = Math.max(0, ...peaks.value);
  return peak === 0 ? skipped('digital silence has no peak') : ok(20 * Math.log10(peak));
}

/** The true peak of each channel as a magnitude, 1 at full scale, 0 for silence. Skipped: NaN or infinite samples. */
export function truePeaks(waveform: Waveform): Outcome<readonly number[]> {
  const broken = firstNonFinite(waveform);
  if (broken !== undefined) return skipped(`not a finite number: sample ${broken.sample} of channel ${broken.channel}`);
  return ok(waveform.channels.map(interpolatedPeak));
}

function interpolatedPeak(samples: Float32Array): number {
  const margin = phase0.length - 1;
  const padded = new Float64Array(samples.length + 2 * margin);
  padded.set(samples, margin);
  let peak = 0;
  for (let end = margin; end < padded.length; end++) {
    for (const taps of phases) {
      let sum = 0;
      for (let tap = 0; tap <= margin; tap++) sum += taps[tap]! * padded[end - tap]!;
      peak = Math.max(peak, Math.abs(sum));
    }
  }
  return peak;
}
