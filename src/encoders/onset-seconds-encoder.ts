import type { Features } from '../core/features.js';
import { type Outcome, ok } from '../core/outcome.js';
import type { PeakPicking } from '../dsp/peak-picking.js';
import { beatBins, d2mGanPeakPicking, lorisPeakPicking } from '../metrics/rhythm/beat-coverage-hit.js';
import type { AudioEncoder } from './encoder.js';
import { unusableSound } from './unusable-sound.js';

const sampleRateHz = 22050;

/** Which seconds hold an onset, by the peak picking of D2M-GAN and by that of LORIS: [seconds, 1] of 0 or 1 each. */
export function createOnsetSecondsEncoder(): AudioEncoder {
  return {
    id: 'onset-seconds',
    version: 1,
    summary: 'Whether each second holds an onset, as the beat scores of D2M-GAN and of LORIS pick them',
    parameters: {},
    outputs: [
      { name: 'd2m-gan', columns: 1, summary: '1 for a second with an onset, else 0; peak picking of D2M-GAN' },
      { name: 'loris', columns: 1, summary: '1 for a second with an onset, else 0; peak picking of LORIS' },
    ],
    modality: 'audio',
    sampleRateHz,
    loudnessMatched: false,
    async encode(mono, { signal } = {}): Promise<Outcome<Features>> {
      signal?.throwIfAborted();
      const unusable = unusableSound(mono);
      if (unusable !== undefined) return unusable;
      const binsOf = (peakPicking: Partial<PeakPicking>): Features[string] => {
        const data = Float32Array.from(beatBins(mono, { sampleRateHz, peakPicking }));
        return { rows: data.length, columns: 1, data };
      };
      return ok({ 'd2m-gan': binsOf(d2mGanPeakPicking), loris: binsOf(lorisPeakPicking) });
    },
  };
}
