import type { Features } from '../core/features.js';
import { type Outcome, ok } from '../core/outcome.js';
import { detectOnsets } from '../dsp/onsets.js';
import type { AudioEncoder } from './encoder.js';
import { unusableSound } from './unusable-sound.js';

const sampleRateHz = 22050;

/** Times at which notes or strokes begin: [onsets, 2] of time and, in each row, the length of the sound. No onsets: no rows. */
export function createOnsetEncoder(): AudioEncoder {
  return {
    id: 'onset',
    version: 1,
    summary: 'Times of note onsets from the spectral flux of a mel spectrogram',
    parameters: {},
    outputs: [{ name: 'onsets', columns: 2, summary: 'time in seconds, duration of the sound in seconds' }],
    modality: 'audio',
    sampleRateHz,
    loudnessMatched: false,
    async encode(mono, { signal } = {}): Promise<Outcome<Features>> {
      signal?.throwIfAborted();
      const unusable = unusableSound(mono);
      if (unusable !== undefined) return unusable;
      const durationSeconds = mono.length / sampleRateHz;
      const times = detectOnsets(mono, { sampleRateHz });
      const data = Float32Array.from([...times].flatMap((time) => [time, durationSeconds]));
      return ok({ onsets: { rows: times.length, columns: 2, data } });
    },
  };
}
