import type { Architecture } from './architecture.js';
import { clapText } from './clap-text.js';
import { clipVit } from './clip-vit.js';
import { createCnn14 } from './cnn14.js';
import { encodecLatent, encodecSamples } from './encodec/encodec.js';
import { htsat } from './htsat.js';
import { imagebindAudio } from './imagebind-audio.js';
import { imagebindText } from './imagebind-text.js';
import { imagebindVision } from './imagebind-vision.js';
import { mert } from './mert.js';
import { createOpenl3 } from './openl3.js';
import { passt } from './passt.js';
import { synchformerPair } from './synchformer/pair-network.js';
import { synchformerPictureTower } from './synchformer/picture-tower.js';
import { synchformerSound } from './synchformer/sound-tower.js';
import { vggish } from './vggish.js';
import { vidmuseLongTerm, vidmuseShortTerm } from './vidmuse/long-short-term-visual.js';
import { vidmuseDecoder } from './vidmuse/music-decoder.js';
import { vidmuseVisualEncoder } from './vidmuse/visual-encoder.js';

/** Every network that a checkpoint can be imported as. */
export const architectures: readonly Architecture<unknown>[] = [
  vggish,
  createCnn14('cnn14-16k'),
  createCnn14('cnn14-32k'),
  passt,
  createOpenl3('openl3-mel256'),
  createOpenl3('openl3-mel128'),
  htsat,
  clapText,
  imagebindAudio,
  imagebindVision,
  imagebindText,
  clipVit,
  synchformerSound,
  synchformerPictureTower,
  synchformerPair,
  mert,
  vidmuseVisualEncoder,
  vidmuseLongTerm,
  vidmuseShortTerm,
  vidmuseDecoder,
  encodecLatent,
  encodecSamples,
];

export function findArchitecture(id: string): Architecture<unknown> | undefined {
  return architectures.find((architecture) => architecture.id === id);
}
