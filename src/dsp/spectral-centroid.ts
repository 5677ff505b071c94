import { type Outcome, ok, skipped } from '../core/outcome.js';
import type { Waveform } from '../core/waveform.js';
import { longTermSpectrum } from './long-term-spectrum.js';

/**
 * Centre of the long-term magnitude spectrum in Hz: the mean of the bins' frequencies, weighted by the root of their mean power (Peeters,
 * "A large set of audio features for sound description", 2004, section 6.1.1). Does not depend on level. Skipped as
 * `longTermSpectrum` is, and for sound that has nothing but a constant.
 */
export function spectralCentroidHz(waveform: Waveform): Outcome<number> {
  const spectrum = longTermSpectrum(waveform);
  if (spectrum.status !== 'ok') return spectrum;
  const { power, binHz } = spectrum.value;
  let weighted = 0;
  let total = 0;
  // The first bin is the offset of the samples, which nobody hears.
  for (let bin = 1; bin < power.length; bin++) {
    const magnitude = Math.sqrt(power[bin]!);
    weighted += bin * binHz * magnitude;
    total += magnitude;
  }
  return total === 0 ? skipped('the sound is constant: its spectrum has no centre') : ok(weighted / total);
}
