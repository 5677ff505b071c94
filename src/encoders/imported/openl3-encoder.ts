import type { FeatureMatrix, Features } from '../../core/features.js';
import { mapOutcome, type Outcome } from '../../core/outcome.js';
import { openl3FrontEnd, openl3MelSpectrogram, openl3Windows } from '../../dsp/openl3-mel-spectrogram.js';
import type { Openl3Dimensions } from '../../models/architectures/openl3.js';
import type { ImportedModel } from '../../models/import/imported-model.js';
import type { AudioEncoder, StereoEncoder } from '../encoder.js';
import { isSilent, unusableSound, warnOfSilence } from '../unusable-sound.js';
import type { EncoderSettings } from './encoder-settings.js';
import { describeNetwork, lazyNetwork } from './network.js';

/** Behind the id of the model: the encoder that hears two channels. */
export const stereoSuffix = '-stereo';

const { sampleRateHz, hopSamples, frames } = openl3FrontEnd;
const batchSize = 2;

/** OpenL3 on windows of 1 s every 0.5 s: of mono sound, and of the left and the right channel side by side. */
export function createOpenl3Encoders(
  model: ImportedModel,
  { compute }: EncoderSettings,
): readonly [AudioEncoder, StereoEncoder] {
  const { melBands } = model.card.dimensions as unknown as Openl3Dimensions;
  const network = lazyNetwork(model, compute);
  const embed = (mono: Float32Array, signal: AbortSignal | undefined): Promise<Outcome<Features>> =>
    network.run(spectrograms(mono, melBands), {
      ...{ input: { name: 'melspectrogram', shape: [melBands, frames] }, batchSize, signal },
    });
  const shared = {
    version: 1,
    parameters: { hopSamples },
    family: 'openl3',
    sampleRateHz,
    loudnessMatched: true,
  } as const;
  const described = describeNetwork(model, 'OpenL3 embeddings, one a window of 1 s every 0.5 s');
  return [
    {
      ...described,
      ...shared,
      modality: 'audio',
      encode: async (mono, { signal } = {}) => unusableSound(mono) ?? warnOfSilence(await embed(mono, signal), mono),
    },
    {
      ...described,
      ...shared,
      id: `${model.card.id}${stereoSuffix}`,
      summary: `${described.summary}, left and right side by side`,
      outputs: described.outputs.map((output) => ({ ...output, columns: 2 * output.columns })),
      modality: 'stereo',
      encode: (channels, { signal } = {}) => embedPair(channels, (mono) => embed(mono, signal)),
    },
  ];
}

function* spectrograms(mono: Float32Array, melBands: number): Generator<Float32Array> {
  for (const window of openl3Windows(mono)) yield openl3MelSpectrogram(window, melBands).data;
}

/** The first two channels; one channel counts as both (stable-audio-metrics fd55536, openl3_fd.py, `extract_embeddings`). */
async function embedPair(
  channels: readonly Float32Array[],
  embed: (mono: Float32Array) => Promise<Outcome<Features>>,
): Promise<Outcome<Features>> {
  const [left = new Float32Array(0), right = left] = channels;
  const unusable = unusableSound(left) ?? unusableSound(right);
  if (unusable !== undefined) return unusable;
  const first = await embed(left);
  const second = right === left ? first : await embed(right);
  if (first.status !== 'ok' || second.status !== 'ok') return first.status === 'ok' ? second : first;
  const joined = mapOutcome(first, (features) => sideBySide(features, second.value));
  return warnOfSilence(joined, isSilent(left) ? right : left);
}

function sideBySide(left: Features, right: Features): Features {
  return Object.fromEntries(Object.entries(left).map(([name, matrix]) => [name, columnsBeside(matrix, right[name]!)]));
}

function columnsBeside(left: FeatureMatrix, right: FeatureMatrix): FeatureMatrix {
  const { rows, columns } = left;
  const data = new Float32Array(2 * rows * columns);
  for (let row = 0; row < rows; row++) {
    data.set(left.data.subarray(row * columns, (row + 1) * columns), 2 * row * columns);
    data.set(right.data.subarray(row * columns, (row + 1) * columns), (2 * row + 1) * columns);
  }
  return { rows, columns: 2 * columns, data };
}
