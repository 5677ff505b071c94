import type { ImportedModel } from '../../models/import/imported-model.js';
import type { Encoder } from '../encoder.js';
import { createClapEncoder } from './clap-encoder.js';
import { createClapTextEncoder } from './clap-text-encoder.js';
import { createClipVitEncoder } from './clip-vit-encoder.js';
import { createCnn14Encoder } from './cnn14-encoder.js';
import { createImagebindAudioEncoder } from './imagebind-audio-encoder.js';
import { createImagebindVisionEncoder } from './imagebind-vision-encoder.js';
import { createPasstEncoder } from './passt-encoder.js';
import { createVggishEncoder } from './vggish-encoder.js';

/** How the network of each architecture encodes sound, pictures or captions. */
const factories: Readonly<Record<string, (model: ImportedModel) => Encoder>> = {
  vggish: createVggishEncoder,
  'cnn14-16k': createCnn14Encoder,
  'cnn14-32k': createCnn14Encoder,
  passt: createPasstEncoder,
  'clap-htsat': createClapEncoder,
  'clap-text': createClapTextEncoder,
  'imagebind-audio': createImagebindAudioEncoder,
  'imagebind-vision': createImagebindVisionEncoder,
  'clip-vit': createClipVitEncoder,
};

/** The encoder over an imported model, under the model's id; undefined where nothing reads its network. */
export function encoderOver(model: ImportedModel): Encoder | undefined {
  return factories[model.card.architecture.id]?.(model);
}
