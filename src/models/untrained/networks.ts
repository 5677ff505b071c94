import type { Architecture } from '../architectures/architecture.js';
import { clapText } from '../architectures/clap-text.js';
import { clipVit } from '../architectures/clip-vit.js';
import { createCnn14 } from '../architectures/cnn14.js';
import { htsat } from '../architectures/htsat.js';
import { imagebindAudio } from '../architectures/imagebind-audio.js';
import { imagebindVision } from '../architectures/imagebind-vision.js';
import { mert } from '../architectures/mert.js';
import { createOpenl3 } from '../architectures/openl3.js';
import { passt } from '../architectures/passt.js';
import { synchformerPair } from '../architectures/synchformer/pair-network.js';
import { synchformerPictureTower } from '../architectures/synchformer/picture-tower.js';
import { synchformerSound } from '../architectures/synchformer/sound-tower.js';
import { vggish } from '../architectures/vggish.js';
import { byteVocabularySize } from './byte-vocabulary.js';

/** A network that can stand in for an official one: the same graph in small. */
export interface UntrainedNetwork {
  /** Of the official network: it is asked for by the same name. */
  readonly id: string;
  readonly architecture: Architecture<unknown>;
  readonly dimensions: unknown;
  /** It reads text and needs a vocabulary beside its weights. */
  readonly takesText?: boolean;
}

/** Keeps the type of each architecture's dimensions checked. */
function small<Dimensions>(
  id: string,
  architecture: Architecture<Dimensions>,
  dimensions: Dimensions,
): UntrainedNetwork {
  return { id, architecture: architecture as Architecture<unknown>, dimensions };
}

const cnn14Small = { melBands: 64, channels: [4, 8, 8, 16, 16, 32], embedding: 32, classes: 527 };
const openl3Small = { channels: [4, 4, 8, 8, 8, 8, 16, 32] };
const passtSmall = { width: 64, hiddenWidth: 128, depth: 1, classes: 527, patch: 16, rows: 12 };
const htsatSmall = {
  melBands: 64,
  width: 16,
  stages: [
    { depth: 2, heads: 1 },
    { depth: 2, heads: 1 },
    { depth: 1, heads: 2 },
    { depth: 1, heads: 4 },
  ],
  embedding: 32,
};
const clapTextSmall = {
  ...{ vocabulary: byteVocabularySize, positions: 79, width: 64, hiddenWidth: 128, depth: 1 },
  embedding: 32,
};

/** Stand-ins for the networks that metrics read, small enough for a rehearsal on any machine. */
export const untrainedNetworks: readonly UntrainedNetwork[] = [
  small('vggish', vggish, { frames: 96, melBands: 64, channels: [4, 8, 8, 8, 16, 16], widths: [64, 64, 128] }),
  small('cnn14-16k', createCnn14('cnn14-16k'), cnn14Small),
  small('cnn14-32k', createCnn14('cnn14-32k'), cnn14Small),
  small('passt-s-10s', passt, { ...passtSmall, columns: 99 }),
  small('passt-s-20s', passt, { ...passtSmall, columns: 199 }),
  small('passt-s-30s', passt, { ...passtSmall, columns: 299 }),
  ...(['music', 'env'] as const).flatMap((content) => [
    small(`openl3-mel256-${content}`, createOpenl3('openl3-mel256'), { ...openl3Small, melBands: 256 }),
    small(`openl3-mel128-${content}`, createOpenl3('openl3-mel128'), { ...openl3Small, melBands: 128 }),
  ]),
  small('clap-music-audio', htsat, htsatSmall),
  small('clap-music-speech-audio', htsat, htsatSmall),
  small('clap-630k-audioset-audio', htsat, htsatSmall),
  { ...small('clap-music-text', clapText, clapTextSmall), takesText: true },
  small('imagebind-huge-audio', imagebindAudio, {
    ...{ width: 64, hiddenWidth: 128, depth: 1, heads: 1, embedding: 64 },
    ...{ patch: 16, patches: 228 },
  }),
  small('imagebind-huge-vision', imagebindVision, {
    ...{ width: 80, hiddenWidth: 160, depth: 1, heads: 1, embedding: 64 },
    ...{ patchFrames: 2, patch: 14, side: 16 },
  }),
  small('clip-vit-b32', clipVit, {
    ...{ width: 64, hiddenWidth: 128, depth: 1, heads: 1, embedding: 32 },
    ...{ patch: 32, side: 7 },
  }),
  small('synchformer-audio', synchformerSound, { width: 64, hiddenWidth: 128, depth: 1, patch: 16, columns: 6 }),
  small('synchformer-video', synchformerPictureTower, {
    ...{ width: 64, hiddenWidth: 128, depth: 1 },
    ...{ patchFrames: 2, patch: 16, side: 14, times: 8 },
  }),
  small('synchformer-sync', synchformerPair, { width: 64, hiddenWidth: 128, depth: 1, segments: 14, classes: 21 }),
  small('mert-v1-95m', mert, {
    ...{ channels: 16, kernels: [10, 3, 3, 3, 3, 2, 2], width: 64, hiddenWidth: 128, depth: 12 },
    ...{ positionKernel: 128, positionGroups: 16, weightNorm: 'weight-g-v' },
  }),
];
