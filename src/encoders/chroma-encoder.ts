import type { Features } from '../core/features.js';
import { type Outcome, ok } from '../core/outcome.js';
import { pitchClasses } from '../dsp/chroma-filterbank.js';
import { chromaFrontEnd, chromagram } from '../dsp/chromagram.js';
import type { AudioEncoder } from './encoder.js';
import { unusableSound } from './unusable-sound.js';

const { sampleRateHz, windowSamples, hopSamples } = chromaFrontEnd;

/** How strong the twelve pitch classes are over time: [frames, 12], one frame every 128 ms, as audiocraft measures it. */
export function createChromaEncoder(): AudioEncoder {
  return {
    id: 'chroma',
    version: 1,
    summary: 'Strength of the twelve pitch classes over time',
    parameters: { windowSamples, hopSamples },
    outputs: [{ name: 'chroma', columns: pitchClasses, summary: 'C to B, the strongest of a frame is 1' }],
    modality: 'audio',
    sampleRateHz,
    loudnessMatched: false,
    async encode(mono, { signal } = {}): Promise<Outcome<Features>> {
      signal?.throwIfAborted();
      const unusable = unusableSound(mono);
      if (unusable !== undefined) return unusable;
      const { frames, data } = chromagram(mono);
      return ok({ chroma: { rows: frames, columns: pitchClasses, data } });
    },
  };
}
