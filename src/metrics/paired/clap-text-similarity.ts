import type { PairedMetric } from '../metric.js';
import { directionCosine } from './mean-direction.js';

/** How well the music fits the clip's caption by LAION CLAP. */
export const clapTextSimilarity: PairedMetric = {
  id: 'clap-text-similarity-music',
  version: 1,
  level: 'paired',
  title: 'CLAP similarity to the caption (LAION CLAP music)',
  summary:
    "Cosine of the mean direction of the music's windows of 10 s and the clip's caption in the space of LAION CLAP.",
  aliases: ['CLAP score', 'text consistency'],
  direction: 'higher',
  range: '-1 to 1',
  citation:
    'Wu et al. 2023, arXiv:2211.06687; as a score: Copet et al. 2023, arXiv:2306.05284 (audiocraft/metrics/clap_consistency.py), which takes a random 10 s of longer music',
  knownFailure:
    'Captions of pictures are not captions of music: what the music should sound like must be in the text. Knows genres and instruments better than moods; values depend on the wording.',
  need: { encoder: 'clap-music-audio', output: 'embedding' },
  against: 'caption',
  targetNeed: { encoder: 'clap-music-text', output: 'embedding' },
  compare: (audio, target) => directionCosine(audio, { target, targetName: 'the caption' }),
};
