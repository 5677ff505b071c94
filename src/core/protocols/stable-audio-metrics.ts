import type { Protocol } from '../protocol.js';
import { clapFirstWindow, exactNumerics, lengthRules, torchvggishWindows } from './common.js';

const repository = 'https://github.com/Stability-AI/stable-audio-metrics';
const commit = 'fd55536';

/** The evaluation of Stable Audio (Evans et al. 2024, arXiv:2402.04825). */
export const stableAudioMetrics: Protocol = {
  id: 'stable-audio-metrics',
  version: 2,
  title: 'stable-audio-metrics',
  summary:
    'soxr HQ, peak at -1 dB; OpenL3 of the left and the right channel, band limited at 44.1 kHz; PaSST logits averaged over 10 s windows every 5 s, KL(gen ‖ ref)',
  status: 'published-tool',
  sources: [
    { repository, commit, file: 'src/passt_kld.py', settles: ['sound', 'windows of passt', 'klOfWindows', 'metrics'] },
    { repository, commit, file: 'src/openl3_fd.py', settles: ['sound of openl3', 'metrics'] },
    { repository, commit, file: 'src/clap_score.py', settles: ['metrics'] },
  ],
  sound: [
    { step: 'channels', keep: 'mean' },
    { step: 'resample', resampler: 'soxr-hq' },
    { step: 'scale-to-peak', decibels: -1 },
  ],
  soundOf: {
    openl3: [
      { step: 'scale-to-peak', decibels: -1 },
      { step: 'resample', resampler: 'soxr-hq', toHz: 44_100 },
      { step: 'channels', keep: 'mean' },
      { step: 'resample', resampler: 'resampy-0.2-kaiser-best' },
    ],
  },
  windows: {
    vggish: torchvggishWindows,
    passt: {
      ...{ windowSamples: 320_000, hopSamples: 160_000, take: 'all' },
      // Windows begin before the last 5 s, so a rest is longer than that.
      ...{ tail: 'zero-pad', shortestTailSamples: 160_001, short: 'zero-pad' },
    },
    clap: clapFirstWindow,
  },
  numerics: exactNumerics,
  metrics: [
    'frechet-openl3-music-stereo',
    'frechet-openl3-env-stereo',
    'frechet-openl3-music',
    'frechet-openl3-env',
    'kl-passt-s-10s-gen-ref-eps1e-6',
  ],
  notMeasured: [
    {
      name: 'FD_openl3 against its published statistics',
      reason: 'their files are not bundled: give them with --reference-statistics',
    },
    {
      name: 'CLAP score',
      reason: 'the fusion network of LAION CLAP is not among the models, and a video has no prompt',
    },
  ],
  bugs: [
    {
      tool: 'sound of at most 1.5 s is left short, although the comment says that it is discarded',
      correct: 'it is filled up with zeros as any other',
      source: 'src/passt_kld.py, `return_probabilities`',
    },
    {
      tool: 'without batching OpenL3 gets mono, although the name of its statistics says two channels',
      correct: 'both channels are heard, as with batching, which the published statistics were made with',
      source: 'src/openl3_fd.py; issue 16 for imaginary parts',
    },
    {
      tool: 'a file that raises is printed and left out of the mean',
      correct: 'the clip is named and the coverage shown',
      source: 'src/passt_kld.py, `passt_kld`',
    },
  ],
  departures: ['Digital silence stays silence; the tool divides by its peak of 0.'],
  ...lengthRules,
};
