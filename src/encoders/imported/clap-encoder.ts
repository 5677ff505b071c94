import type { Features } from '../../core/features.js';
import type { Outcome } from '../../core/outcome.js';
import { clapFrontEnd, clapLogMel, clapWindowSamples, clapWindows } from '../../dsp/clap-sound.js';
import type { ImportedModel } from '../../models/import/imported-model.js';
import type { AudioEncoder } from '../encoder.js';
import { unusableSound, warnOfSilence } from '../unusable-sound.js';
import { describeNetwork, lazyNetwork } from './network.js';

const { sampleRateHz, hopSamples } = clapFrontEnd;
const frames = 1 + clapWindowSamples / hopSamples;
const batchSize = 4;

/**
 * LAION CLAP's audio tower on windows of 10 s: shorter sound is repeated, of longer sound every 10 s are taken and the last 10 s, where the
 * official code takes a random crop.
 */
export function createClapEncoder(model: ImportedModel): AudioEncoder {
  const network = lazyNetwork(model);
  return {
    ...describeNetwork(model, 'LAION CLAP audio embedding, one a window of 10 s'),
    version: 2,
    parameters: { windowSamples: clapWindowSamples, windows: 'end-to-end-and-last' },
    modality: 'audio',
    sampleRateHz,
    loudnessMatched: true,
    async encode(mono, { signal } = {}): Promise<Outcome<Features>> {
      const unusable = unusableSound(mono);
      if (unusable !== undefined) return unusable;
      const items = clapWindows(mono).map((window) => clapLogMel(window).data);
      return warnOfSilence(
        await network.run(items, { input: { name: 'logmel', shape: [frames, 64] }, batchSize, signal }),
        mono,
      );
    },
  };
}
