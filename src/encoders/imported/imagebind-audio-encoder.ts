import type { Features } from '../../core/features.js';
import { type Outcome, skipped } from '../../core/outcome.js';
import { imagebindShortestSamples, imagebindSound } from '../../dsp/imagebind-sound.js';
import { kaldiFrontEnd } from '../../dsp/kaldi-fbank.js';
import type { ImportedModel } from '../../models/import/imported-model.js';
import type { AudioEncoder } from '../encoder.js';
import { unusableSound, warnOfSilence } from '../unusable-sound.js';
import type { EncoderSettings } from './encoder-settings.js';
import { describeNetwork, lazyNetwork } from './network.js';

const { sampleRateHz } = kaldiFrontEnd;

/** ImageBind's tower for sound on three clips of 2 s: the beginning, the middle and the end. */
export function createImagebindAudioEncoder(model: ImportedModel, { compute }: EncoderSettings): AudioEncoder {
  const network = lazyNetwork(model, compute);
  return {
    ...describeNetwork(model, 'ImageBind audio embedding, one row for each of three clips of 2 s'),
    version: 2,
    parameters: { clips: 3, clipSeconds: 2 },
    modality: 'audio',
    family: 'imagebind',
    sampleRateHz,
    loudnessMatched: true,
    async encode(mono, { signal } = {}): Promise<Outcome<Features>> {
      const unusable = unusableSound(mono);
      if (unusable !== undefined) return unusable;
      if (mono.length < imagebindShortestSamples)
        return skipped('the sound is shorter than 25 ms, which ImageBind needs');
      const { dims, data } = imagebindSound({ sampleRateHz, channels: [mono] });
      const [clips, ...shape] = dims;
      const length = data.length / clips;
      const items = Array.from({ length: clips }, (_, clip) => data.subarray(clip * length, (clip + 1) * length));
      return warnOfSilence(await network.run(items, { input: { name: 'mel', shape }, batchSize: clips, signal }), mono);
    },
  };
}
