import type { Features } from '../../core/features.js';
import { type Outcome, skipped } from '../../core/outcome.js';
import { pannsFrontEnds, pannsLogMel, pannsMelBands } from '../../dsp/panns-log-mel.js';
import type { ImportedModel } from '../../models/import/imported-model.js';
import type { AudioEncoder } from '../encoder.js';
import { unusableSound, warnOfSilence } from '../unusable-sound.js';
import type { EncoderSettings } from './encoder-settings.js';
import { describeNetwork, lazyNetwork } from './network.js';

/** Five halvings of time leave one frame of 32. */
const shortestFrames = 32;

/** PANNs CNN14 on a whole clip: one row. */
export function createCnn14Encoder(model: ImportedModel, { compute }: EncoderSettings): AudioEncoder {
  const frontEnd = pannsFrontEnds[model.card.architecture.id as keyof typeof pannsFrontEnds];
  const network = lazyNetwork(model, compute);
  const { sampleRateHz, hopSamples } = frontEnd;
  return {
    ...describeNetwork(model, 'PANNs CNN14 embedding and AudioSet logits of the whole clip'),
    version: 2,
    parameters: { hopSamples },
    modality: 'audio',
    family: 'cnn14',
    sampleRateHz,
    loudnessMatched: true,
    async encode(mono, { signal } = {}): Promise<Outcome<Features>> {
      const unusable = unusableSound(mono);
      if (unusable !== undefined) return unusable;
      const shortestSamples = (shortestFrames - 1) * hopSamples;
      if (mono.length < shortestSamples)
        return skipped(`the sound is shorter than ${shortestSamples / sampleRateHz} s, which CNN14 needs`);
      const { rows, data } = pannsLogMel(mono, frontEnd);
      return warnOfSilence(
        await network.run([data], { input: { name: 'logmel', shape: [rows, pannsMelBands] }, batchSize: 1, signal }),
        mono,
      );
    },
  };
}
