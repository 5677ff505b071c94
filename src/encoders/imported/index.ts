import type { Protocol } from '../../core/protocol.js';
import type { ImportedModel } from '../../models/import/imported-model.js';
import type { Encoder } from '../encoder.js';
import { createClapEncoder } from './clap-encoder.js';
import { createClipVitEncoder } from './clip-vit-encoder.js';
import { createCnn14Encoder } from './cnn14-encoder.js';
import { withHalfPrecisionFeatures } from './half-precision-features.js';
import { createImagebindAudioEncoder } from './imagebind-audio-encoder.js';
import { createImagebindVisionEncoder } from './imagebind-vision-encoder.js';
import { createPasstEncoder } from './passt-encoder.js';
import { createVggishEncoder } from './vggish-encoder.js';

/** What of a protocol reaches the encoders over imported networks, and so their parameters. */
export type EncoderSettings = Pick<Protocol, 'windows' | 'numerics'>;

/** How the network of each architecture encodes clips. Towers for text encode none. */
const factories: Readonly<Record<string, (model: ImportedModel, settings: EncoderSettings) => Encoder>> = {
  vggish: createVggishEncoder,
  'cnn14-16k': createCnn14Encoder,
  'cnn14-32k': createCnn14Encoder,
  passt: createPasstEncoder,
  'clap-htsat': createClapEncoder,
  'imagebind-audio': createImagebindAudioEncoder,
  'imagebind-vision': createImagebindVisionEncoder,
  'clip-vit': createClipVitEncoder,
};

/** The encoder over an imported model, under the model's id; undefined where its network encodes no clips. */
export function encoderOver(model: ImportedModel, settings: EncoderSettings): Encoder | undefined {
  const encoder = factories[model.card.architecture.id]?.(model, settings);
  return encoder?.modality === 'audio' && settings.numerics.features === 'float16'
    ? withHalfPrecisionFeatures(encoder)
    : encoder;
}
