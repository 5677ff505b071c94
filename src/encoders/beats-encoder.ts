import type { Features } from '../core/features.js';
import { mapOutcome, type Outcome } from '../core/outcome.js';
import { detectBeats } from '../dsp/beat-tracker.js';
import type { AudioEncoder } from './encoder.js';
import { unusableSound } from './unusable-sound.js';

const sampleRateHz = 22050;

/** Times of the beats: [beats, 2] of time and, in each row, the length of the sound. One tempo for the whole sound; skipped where nothing begins. */
export function createBeatsEncoder(): AudioEncoder {
  return {
    id: 'beats',
    version: 1,
    summary: 'Beat times by dynamic programming at one tempo',
    parameters: {},
    outputs: [{ name: 'beats', columns: 2, summary: 'time in seconds, duration of the sound in seconds' }],
    modality: 'audio',
    sampleRateHz,
    loudnessMatched: false,
    async encode(mono, { signal } = {}): Promise<Outcome<Features>> {
      signal?.throwIfAborted();
      const unusable = unusableSound(mono);
      if (unusable !== undefined) return unusable;
      const durationSeconds = mono.length / sampleRateHz;
      return mapOutcome(detectBeats(mono, { sampleRateHz }), ({ timesSeconds }) => {
        const data = Float32Array.from([...timesSeconds].flatMap((time) => [time, durationSeconds]));
        return { beats: { rows: timesSeconds.length, columns: 2, data } };
      });
    },
  };
}
