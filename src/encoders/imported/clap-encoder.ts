import type { Features } from '../../core/features.js';
import type { Outcome } from '../../core/outcome.js';
import { clapFrontEnd, clapLogMel, clapWindowSamples } from '../../dsp/clap-sound.js';
import { soundWindows } from '../../dsp/sound-windows.js';
import type { ImportedModel } from '../../models/import/imported-model.js';
import type { AudioEncoder } from '../encoder.js';
import { unusableSound, warnOfSilence } from '../unusable-sound.js';
import type { EncoderSettings } from './encoder-settings.js';
import { describeNetwork, lazyNetwork } from './network.js';

const { sampleRateHz, hopSamples } = clapFrontEnd;
const frames = 1 + clapWindowSamples / hopSamples;
const batchSize = 4;

/** LAION CLAP's audio tower on the protocol's windows, which are all 10 s; the official code takes a random crop of longer sound. */
export function createClapEncoder(model: ImportedModel, { windows, compute }: EncoderSettings): AudioEncoder {
  const plan = windows.clap;
  const network = lazyNetwork(model, compute);
  return {
    ...describeNetwork(model, 'LAION CLAP audio embedding, one a window of 10 s'),
    version: 2,
    parameters: { ...plan },
    modality: 'audio',
    family: 'clap',
    sampleRateHz,
    loudnessMatched: true,
    async encode(mono, { signal } = {}): Promise<Outcome<Features>> {
      const unusable = unusableSound(mono);
      if (unusable !== undefined) return unusable;
      const items = soundWindows(mono, plan, clapWindowSamples).map((window) => clapLogMel(window).data);
      return warnOfSilence(
        await network.run(items, { input: { name: 'logmel', shape: [frames, 64] }, batchSize, signal }),
        mono,
      );
    },
  };
}
