import type { ImportedModel } from '../../models/import/imported-model.js';
import type { Encoder } from '../encoder.js';
import { createClapEncoder } from './clap-encoder.js';
import { createClapTextEncoder } from './clap-text-encoder.js';
import { createClipVitEncoder } from './clip-vit-encoder.js';
import { createCnn14Encoder } from './cnn14-encoder.js';
import type { EncoderSettings } from './encoder-settings.js';
import { withHalfPrecisionFeatures } from './half-precision-features.js';
import { createImagebindAudioEncoder } from './imagebind-audio-encoder.js';
import { createImagebindVisionEncoders, halfFpsSuffix } from './imagebind-vision-encoder.js';
import { createMertEncoders, layerSuffix } from './mert-encoder.js';
import { createOpenl3Encoders, stereoSuffix } from './openl3-encoder.js';
import { createPasstEncoder } from './passt-encoder.js';
import { createSynchformerAudioEncoder } from './synchformer-audio-encoder.js';
import { createSynchformerSyncEncoder } from './synchformer-sync-encoder.js';
import { createSynchformerVideoEncoder } from './synchformer-video-encoder.js';
import { createVggishEncoder } from './vggish-encoder.js';

type Factory = (model: ImportedModel, settings: EncoderSettings) => Encoder | readonly Encoder[];

/** How the network of each architecture encodes sound, pictures or captions, in one way or in several. */
const factories: Readonly<Record<string, Factory>> = {
  vggish: createVggishEncoder,
  'cnn14-16k': createCnn14Encoder,
  'cnn14-32k': createCnn14Encoder,
  passt: createPasstEncoder,
  'openl3-mel256': createOpenl3Encoders,
  'openl3-mel128': createOpenl3Encoders,
  'clap-htsat': createClapEncoder,
  'clap-text': createClapTextEncoder,
  'imagebind-audio': createImagebindAudioEncoder,
  'imagebind-vision': createImagebindVisionEncoders,
  'clip-vit': createClipVitEncoder,
  'synchformer-audio': createSynchformerAudioEncoder,
  'synchformer-video': createSynchformerVideoEncoder,
  'synchformer-sync': createSynchformerSyncEncoder,
  mert: createMertEncoders,
};

/** The encoders that a pair encoder reads, by its id: they are needed with it. */
const readByPairs: Readonly<Record<string, readonly string[]>> = {
  'synchformer-sync': ['synchformer-audio', 'synchformer-video'],
};

/** The encoder and those whose features it reads in turn. */
export function withEncodersBehind(encoderId: string): readonly string[] {
  return [encoderId, ...(readByPairs[encoderId] ?? [])];
}

/** What further encoders over one network have behind its id. */
const suffixes: readonly RegExp[] = [new RegExp(`${halfFpsSuffix}$`), new RegExp(`${stereoSuffix}$`), layerSuffix];

/** The encoders over an imported model: the first under the model's id, further ones with a suffix; none where nothing reads its network. */
export function encodersOver(model: ImportedModel, settings: EncoderSettings): readonly Encoder[] {
  const encoders = [factories[model.card.architecture.id]?.(model, settings) ?? []].flat();
  return encoders
    .map((encoder) =>
      (encoder.modality === 'audio' || encoder.modality === 'stereo') && settings.numerics.features === 'float16'
        ? withHalfPrecisionFeatures(encoder)
        : encoder,
    )
    .map((encoder) => computedBy(encoder, settings));
}

/** Other hardware gives other last bits, so its features are kept apart from the CPU's, whose keys say nothing of it. */
function computedBy(encoder: Encoder, { compute }: EncoderSettings): Encoder {
  if (compute === undefined || compute.computedBy === 'cpu') return encoder;
  return { ...encoder, parameters: { ...encoder.parameters, computedBy: compute.computedBy } };
}

/** The id of the model that an encoder over an imported network runs. */
export function modelIdOf(encoderId: string): string {
  return suffixes.reduce((id, suffix) => id.replace(suffix, ''), encoderId);
}
