import type { Protocol } from '../protocol.js';
import { clapFirstWindow, exactNumerics, lengthRules, torchvggishWindows } from './common.js';

const repository = 'https://github.com/facebookresearch/audiocraft';
const commit = '896ec7c';

/** The KLD of MusicGen (Copet et al. 2023, arXiv:2306.05284) with `pretrained_length: 20`. */
export const audiocraftKld: Protocol = {
  id: 'audiocraft-kld',
  version: 1,
  title: 'audiocraft KLD',
  summary: 'julius, mean of channels, PaSST on 20 s segments that count each for themselves',
  status: 'published-tool',
  sources: [
    { repository, commit, file: 'audiocraft/metrics/kld.py', settles: ['windows of passt', 'klOfWindows', 'metrics'] },
    { repository, commit, file: 'audiocraft/data/audio_utils.py', settles: ['sound'] },
    { repository, commit, file: 'config/solver/musicgen/default.yaml', settles: ['windows of passt'] },
  ],
  sound: [
    { step: 'resample', resampler: 'julius' },
    { step: 'channels', keep: 'mean' },
  ],
  soundOf: {},
  windows: {
    vggish: torchvggishWindows,
    passt: {
      ...{ windowSamples: 640_000, hopSamples: 'window', take: 'all' },
      // Segments of at most 0.15 s are dropped.
      ...{ tail: 'keep', shortestTailSamples: 4_801, short: 'as-tail' },
    },
    clap: clapFirstWindow,
  },
  numerics: { ...exactNumerics, klOfWindows: 'each-window' },
  metrics: ['kl-passt-s-20s-ref-gen-eps1e-6', 'kl-passt-s-20s-gen-ref-eps1e-6'],
  notMeasured: [
    { name: 'kld_both', reason: 'the sum of the two directions, which stand by themselves' },
    { name: 'FAD', reason: 'it is Google’s own program: protocol google-fad' },
    { name: 'text consistency', reason: 'it holds music against a text prompt, which a video has not' },
    { name: 'chroma cosine', reason: 'it holds music against a melody that it was made from, which a video has not' },
  ],
  bugs: [
    {
      tool: 'each segment counts as an item, so long clips weigh more',
      correct: 'segments are averaged within a clip, and clips have one weight; equal for clips of equal length',
      source: 'audiocraft/metrics/kld.py, `_get_label_distribution`',
    },
  ],
  departures: [
    'A clip whose two sides have unlike numbers of segments is compared over the first ones that both have.',
  ],
  ...lengthRules,
};
