import type { Features } from '../../core/features.js';
import { type Outcome, skipped } from '../../core/outcome.js';
import type { WindowPlan } from '../../core/protocol.js';
import { soundWindows } from '../../dsp/sound-windows.js';
import { vggishExamples, vggishFrontEnd } from '../../dsp/vggish-log-mel.js';
import type { ImportedModel } from '../../models/import/imported-model.js';
import type { AudioEncoder } from '../encoder.js';
import { unusableSound, warnOfSilence } from '../unusable-sound.js';
import type { EncoderSettings } from './encoder-settings.js';
import { describeNetwork, lazyNetwork } from './network.js';

const { sampleRateHz, exampleFrames, melBands } = vggishFrontEnd;
const batchSize = 16;

/** VGGish on one example of 0.96 s from the start of each window of the protocol. */
export function createVggishEncoder(model: ImportedModel, { windows, compute }: EncoderSettings): AudioEncoder {
  const plan = windows.vggish;
  const network = lazyNetwork(model, compute);
  return {
    ...describeNetwork(model, 'VGGish embeddings, one an example of 0.96 s'),
    version: 2,
    parameters: { exampleFrames, ...plan },
    modality: 'audio',
    family: 'vggish',
    sampleRateHz,
    loudnessMatched: true,
    async encode(mono, { signal } = {}): Promise<Outcome<Features>> {
      const unusable = unusableSound(mono);
      if (unusable !== undefined) return unusable;
      const parts = soundWindows(mono, plan, Number.POSITIVE_INFINITY);
      const items = parts
        .map((part) => vggishExamples(part))
        .flatMap(({ examples, data }) => (examples === 0 ? [] : data.subarray(0, exampleFrames * melBands)));
      if (items.length === 0) return skipped(tooShort(plan));
      return warnOfSilence(
        await network.run(items, { input: { name: 'logmel', shape: [exampleFrames, melBands] }, batchSize, signal }),
        mono,
      );
    },
  };
}

function tooShort({ windowSamples }: WindowPlan): string {
  const seconds = typeof windowSamples === 'number' ? windowSamples / sampleRateHz : 0.975;
  return `the sound is shorter than ${seconds} s, which VGGish needs`;
}
