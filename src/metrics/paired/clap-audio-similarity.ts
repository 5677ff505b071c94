import type { PairedMetric } from '../metric.js';
import { directionCosine } from './mean-direction.js';

const need = { encoder: 'clap-music-audio', output: 'embedding' };

/** How much the music sounds like the reference to LAION CLAP. */
export const clapAudioSimilarity: PairedMetric = {
  id: 'clap-audio-similarity-music',
  version: 1,
  level: 'paired',
  title: 'CLAP similarity to the reference (LAION CLAP music)',
  summary: 'Cosine of the mean directions of the windows of 10 s of music and reference in the space of LAION CLAP.',
  aliases: ['CLAP score', 'CLAP audio-audio'],
  direction: 'higher',
  range: '-1 to 1',
  citation: 'Wu et al. 2023, arXiv:2211.06687; checkpoint music_audioset_epoch_15_esc_90.14',
  knownFailure:
    'Music of one genre is near whatever it does: read it against the chance line. All windows of 10 s are taken, where other tools take a random one.',
  need,
  against: 'reference',
  targetNeed: need,
  compare: (audio, target) => directionCosine(audio, { target, targetName: 'the reference' }),
};
