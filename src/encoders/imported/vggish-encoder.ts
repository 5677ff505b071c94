import type { Features } from '../../core/features.js';
import { type Outcome, skipped } from '../../core/outcome.js';
import { vggishExamples, vggishFrontEnd } from '../../dsp/vggish-log-mel.js';
import type { ImportedModel } from '../../models/import/imported-model.js';
import type { AudioEncoder } from '../encoder.js';
import { unusableSound, warnOfSilence } from '../unusable-sound.js';
import { describeNetwork, lazyNetwork } from './network.js';

const { sampleRateHz, exampleFrames, melBands } = vggishFrontEnd;
const batchSize = 16;

/** VGGish on examples of 0.96 s, one after the other; a rest at the end is dropped, as torchvggish does. */
export function createVggishEncoder(model: ImportedModel): AudioEncoder {
  const network = lazyNetwork(model);
  return {
    ...describeNetwork(model, 'VGGish embeddings, one an example of 0.96 s'),
    version: 2,
    parameters: { exampleFrames },
    modality: 'audio',
    sampleRateHz,
    loudnessMatched: true,
    async encode(mono, { signal } = {}): Promise<Outcome<Features>> {
      const unusable = unusableSound(mono);
      if (unusable !== undefined) return unusable;
      const { examples, data } = vggishExamples(mono);
      if (examples === 0) return skipped('the sound is shorter than 0.975 s, which VGGish needs');
      const length = exampleFrames * melBands;
      const items = Array.from({ length: examples }, (_, index) => data.subarray(index * length, (index + 1) * length));
      return warnOfSilence(
        await network.run(items, { input: { name: 'logmel', shape: [exampleFrames, melBands] }, batchSize, signal }),
        mono,
      );
    },
  };
}
