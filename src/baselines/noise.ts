import { mapOutcome } from '../core/outcome.js';
import { seededRng } from '../core/rng.js';
import type { Waveform } from '../core/waveform.js';
import { matchLoudness } from '../dsp/loudness.js';
import { pinkNoise } from '../dsp/pink-noise.js';
import type { Generator } from '../generate/generator.js';
import { programmeLufs } from './programme-loudness.js';
import { monoWaveform, sampleCountOf } from './sound-format.js';

/** Loudness needs 400 ms (ITU-R BS.1770-5): shorter clips get the start of a noise that was measured over this long. */
const shortestMeasuredSeconds = 3;

/** Sound that is no music: the anchor that every quality metric must place last. */
export const noise: Generator<never> = {
  id: 'noise',
  version: 2,
  title: 'Pink noise',
  summary: 'Pink noise at -23 LUFS, another stretch for every seed',
  sees: [],
  sameSet: false,
  generate: async ({ durationSeconds, seed }) => {
    const sampleCount = sampleCountOf(Math.max(durationSeconds, shortestMeasuredSeconds));
    const raw = monoWaveform(pinkNoise({ sampleCount, rng: seededRng('baselines/noise', seed) }));
    return mapOutcome(matchLoudness(raw, programmeLufs), (matched) => firstSeconds(matched, durationSeconds));
  },
};

function firstSeconds(waveform: Waveform, durationSeconds: number): Waveform {
  const sampleCount = sampleCountOf(durationSeconds, waveform.sampleRateHz);
  return { ...waveform, channels: waveform.channels.map((channel) => channel.slice(0, sampleCount)) };
}
