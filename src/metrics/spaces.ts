import { itemById } from '../core/item-by-id.js';

/** A layer of a network that turns music into vectors: every family of distances and of diversity exists over each, unless it says otherwise. */
export interface EmbeddingSpace {
  /** The part of metric ids that names it. */
  readonly id: string;
  readonly encoder: string;
  readonly output: string;
  /** Network and layer, as titles have them. */
  readonly name: string;
  readonly citation: string;
  /** True: only the distances that tools publish over it exist. Left out: every family does. */
  readonly distancesOnly?: boolean;
}

/** A classifier whose logits are read: KL, Inception Score and coverage of classes exist over each. */
export interface ClassSpace {
  readonly id: string;
  readonly encoder: string;
  /** As titles have it. */
  readonly name: string;
  readonly classes: string;
  readonly citation: string;
}

const pons = 'Pons & Serra 2019, arXiv:1909.06654';
const kong = 'Kong et al. 2020, arXiv:1912.10211';
const koutini = 'Koutini et al. 2022, arXiv:2110.05069';
const cramer = 'Cramer et al. 2019, ICASSP';
const wu = 'Wu et al. 2023, arXiv:2211.06687';
const li = 'Li et al. 2023, arXiv:2306.00107';

/** Spaces of networks that ship with the package. */
export const shippedSpaces: readonly EmbeddingSpace[] = [
  space('musicnn-mtt', { output: 'penultimate', name: 'MusiCNN MTT', citation: pons }),
  space('musicnn-msd', { output: 'penultimate', name: 'MusiCNN MSD', citation: pons }),
];

/** Spaces of networks that the user imports. */
export const importedSpaces: readonly EmbeddingSpace[] = [
  space('vggish', { name: 'VGGish', citation: 'Hershey et al. 2017, arXiv:1609.09430' }),
  space('cnn14-16k', { name: 'PANNs CNN14, 16 kHz', citation: kong }),
  space('cnn14-32k', { name: 'PANNs CNN14, 32 kHz', citation: kong }),
  space('passt-s-10s', { output: 'features', name: 'PaSST, 10 s', citation: koutini }),
  space('openl3-music', { encoder: 'openl3-mel256-music', name: 'OpenL3 music', citation: cramer }),
  space('openl3-env', { encoder: 'openl3-mel256-env', name: 'OpenL3 env', citation: cramer }),
  space('openl3-mel128-music', { name: 'OpenL3 music, 128 mels', citation: cramer }),
  space('openl3-mel128-env', { name: 'OpenL3 env, 128 mels', citation: cramer }),
  space('openl3-music-stereo', {
    ...{ encoder: 'openl3-mel256-music-stereo', name: 'OpenL3 music, stereo', citation: cramer },
  }),
  space('openl3-env-stereo', {
    ...{ encoder: 'openl3-mel256-env-stereo', name: 'OpenL3 env, stereo', citation: cramer },
  }),
  space('clap-music', { encoder: 'clap-music-audio', name: 'LAION CLAP music', citation: wu }),
  space('clap-music-speech', { encoder: 'clap-music-speech-audio', name: 'LAION CLAP music and speech', citation: wu }),
  space('clap-630k-audioset', { encoder: 'clap-630k-audioset-audio', name: 'LAION CLAP 630k', citation: wu }),
  space('imagebind', {
    encoder: 'imagebind-huge-audio',
    name: 'ImageBind audio',
    citation: 'Girdhar et al. 2023, arXiv:2305.05665',
  }),
  space('mert-v1-95m', { name: 'MERT v1 95M, layer 12', citation: li }),
  ...Array.from({ length: 11 }, (_, index) => ({
    ...space(`mert-v1-95m-layer-${index + 1}`, { name: `MERT v1 95M, layer ${index + 1}`, citation: li }),
    distancesOnly: true,
  })),
];

export const shippedClassifiers: readonly ClassSpace[] = [
  classifier('musicnn-mtt', { name: 'MusiCNN MTT', classes: '50 MagnaTagATune tags', citation: pons }),
];

export const importedClassifiers: readonly ClassSpace[] = [
  classifier('cnn14-16k', { name: 'PANNs CNN14, 16 kHz', citation: kong }),
  classifier('cnn14-32k', { name: 'PANNs CNN14, 32 kHz', citation: kong }),
  classifier('passt-s-10s', { name: 'PaSST, 10 s', citation: koutini }),
  classifier('passt-s-20s', { name: 'PaSST, 20 s', citation: koutini }),
];

/** The space of this id. Throws a usage error that names the nearest ids when there is none. */
export function embeddingSpaceById(id: string): EmbeddingSpace {
  return itemById([...shippedSpaces, ...importedSpaces], { id, noun: 'space' });
}

function space(
  id: string,
  rest: { encoder?: string; output?: string; name: string; citation: string },
): EmbeddingSpace {
  return { id, encoder: id, output: 'embedding', ...rest };
}

function classifier(id: string, rest: { name: string; citation: string; classes?: string }): ClassSpace {
  return { id, encoder: id, classes: '527 AudioSet classes', ...rest };
}
