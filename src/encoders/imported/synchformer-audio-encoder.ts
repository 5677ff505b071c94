import type { Features } from '../../core/features.js';
import { mapOutcome, type Outcome, skipped } from '../../core/outcome.js';
import { synchformerFrontEnd, synchformerLogMel } from '../../dsp/synchformer-log-mel.js';
import { pairSegments } from '../../models/architectures/synchformer/checkpoint-parts.js';
import type { ImportedModel } from '../../models/import/imported-model.js';
import type { AudioEncoder } from '../encoder.js';
import { unusableSound, warnOfSilence } from '../unusable-sound.js';
import type { EncoderSettings } from './encoder-settings.js';
import { describeNetwork, lazyNetwork } from './network.js';
import { neededSegments, pairSeconds, segmentCount, segmentNumbers, spareSegments } from './synchformer-segments.js';

const { sampleRateHz, segmentSamples, stepSamples, frames, melBands } = synchformerFrontEnd;
const batchSize = 4;

/** Synchformer's tower for sound on segments of 0.64 s, every 0.32 s: those of the first and the last 4.8 s. */
export function createSynchformerAudioEncoder(model: ImportedModel, { compute }: EncoderSettings): AudioEncoder {
  const network = lazyNetwork(model, compute);
  const description = describeNetwork(model, 'Synchformer audio tokens of the first and last 4.8 s');
  return {
    ...description,
    outputs: [...description.outputs, { name: 'segments', columns: 1, summary: 'the number of each row’s segment' }],
    version: 1,
    parameters: { pairSegments, spareSegments },
    modality: 'audio',
    family: 'synchformer',
    sampleRateHz,
    // It places events in time: a late start must keep its silence.
    loudnessMatched: false,
    async encode(mono, { signal } = {}): Promise<Outcome<Features>> {
      const unusable = unusableSound(mono);
      if (unusable !== undefined) return unusable;
      const count = segmentCount(mono.length, { segment: segmentSamples, step: stepSamples });
      if (count < pairSegments) return skipped(`the sound is shorter than ${pairSeconds} s, which Synchformer needs`);
      const numbers = neededSegments(count);
      const mels = numbers.map((number) => {
        const start = number * stepSamples;
        return synchformerLogMel(mono.subarray(start, start + segmentSamples));
      });
      const input = { name: 'mel', shape: [frames, melBands] };
      const outcome = await network.run(mels, { input, batchSize, signal });
      const numbered = mapOutcome(outcome, (features) => ({ ...features, segments: segmentNumbers(numbers) }));
      return warnOfSilence(numbered, mono);
    },
  };
}
