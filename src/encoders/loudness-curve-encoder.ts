import type { FeatureMatrix, Features } from '../core/features.js';
import { mapOutcome, type Outcome } from '../core/outcome.js';
import { momentaryLoudness } from '../dsp/loudness.js';
import type { AudioEncoder } from './encoder.js';
import { unusableSound } from './unusable-sound.js';

const sampleRateHz = 16000;
const windowSeconds = 0.4;
const hopSeconds = 0.1;

/**
 * How loud the music is over time: [windows, 2] of the centre of each 400 ms window and its momentary loudness in LUFS
 * (EBU Tech 3341), one window every 100 ms, floored at -70. Loudness is not matched first: the curve is what is asked for.
 */
export function createLoudnessCurveEncoder(): AudioEncoder {
  return {
    id: 'loudness-curve',
    version: 1,
    summary: 'Momentary loudness over time',
    parameters: { windowSeconds, hopSeconds },
    outputs: [
      { name: 'curve', columns: 2, summary: "time of the window's centre in seconds, momentary loudness in LUFS" },
    ],
    modality: 'audio',
    sampleRateHz,
    loudnessMatched: false,
    async encode(mono, { signal } = {}): Promise<Outcome<Features>> {
      signal?.throwIfAborted();
      const unusable = unusableSound(mono);
      if (unusable !== undefined) return unusable;
      const loudness = momentaryLoudness({ sampleRateHz, channels: [mono] }, { hopSeconds });
      return mapOutcome(loudness, (values) => ({ curve: withTimes(values) }));
    },
  };
}

function withTimes(values: Float64Array): FeatureMatrix {
  const data = new Float32Array(2 * values.length);
  values.forEach((lufs, window) => {
    data[2 * window] = window * hopSeconds + windowSeconds / 2;
    data[2 * window + 1] = lufs;
  });
  return { rows: values.length, columns: 2, data };
}
