import type { Features } from '../core/features.js';
import { type Outcome, ok } from '../core/outcome.js';
import { decibelsOf, melPowerSpectrogram } from '../dsp/mel-spectrogram.js';
import type { AudioEncoder } from './encoder.js';
import { unusableOrSilentSound } from './unusable-sound.js';

const sampleRateHz = 32000;
const fftSize = 2048;
const hopSamples = 1600;
const bandCount = 64;
/** Below the mean power of all cells; what is quieter is not heard beside the rest. */
const floorDb = -80;

/**
 * Spectrogram of 64 Slaney mel bands from 0 to 16 kHz, 20 frames a second, in decibels relative to the mean of all its cells, at least -80:
 * [frames, 64]. So the level of the sound does not count, and unlike loudness matching it keeps silence in front of a late start.
 */
export function createLogMelEncoder(): AudioEncoder {
  return {
    id: 'log-mel',
    version: 1,
    summary: 'Mel spectrogram in decibels, relative to its own mean power',
    parameters: { fftSize, hopSamples, bandCount, floorDb },
    outputs: [
      { name: 'levels', columns: bandCount, summary: 'dB relative to the mean power of all cells, at least -80' },
    ],
    modality: 'audio',
    sampleRateHz,
    loudnessMatched: false,
    async encode(mono, { signal } = {}): Promise<Outcome<Features>> {
      signal?.throwIfAborted();
      const unusable = unusableOrSilentSound(mono);
      if (unusable !== undefined) return unusable;
      const spectrogram = melPowerSpectrogram(mono, { sampleRateHz, fftSize, hopSamples, bandCount });
      const { frames, bands } = spectrogram;
      const mean = spectrogram.data.reduce((sum, power) => sum + power, 0) / spectrogram.data.length;
      const relative = { ...spectrogram, data: spectrogram.data.map((power) => power / mean) };
      // The floor is counted from the mean alone, not from the loudest cell.
      const levels = decibelsOf(relative, { lowestPower: 10 ** (floorDb / 10), rangeDb: Number.POSITIVE_INFINITY });
      return ok({ levels: { rows: frames, columns: bands, data: Float32Array.from(levels.data) } });
    },
  };
}
