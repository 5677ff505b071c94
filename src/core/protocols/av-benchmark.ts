import type { Protocol } from '../protocol.js';
import { clapFirstWindow, exactNumerics, lengthRules, torchvggishWindows } from './common.js';

const repository = 'https://github.com/hkchengrex/av-benchmark';
const commit = '050a5cd';

/** The evaluation of MMAudio (Cheng et al. 2025, arXiv:2412.15322). */
export const avBenchmark: Protocol = {
  id: 'av-benchmark',
  version: 1,
  title: 'av-benchmark',
  summary:
    'mean of channels less its mean, torchaudio’s default resampling, PaSST on the first 10 s, KL without epsilon',
  status: 'published-tool',
  sources: [
    {
      repository,
      commit,
      file: 'av_bench/data/audio_dataset.py',
      settles: ['sound', 'sound of imagebind', 'sound of synchformer'],
    },
    {
      repository,
      commit,
      file: 'av_bench/extract.py',
      settles: ['windows of vggish', 'windows of passt', 'windows of clap', 'features'],
    },
    { repository, commit, file: 'av_bench/evaluate.py', settles: ['meanOfClip', 'klOfWindows', 'metrics'] },
  ],
  sound: [
    { step: 'channels', keep: 'mean' },
    { step: 'subtract-mean' },
    { step: 'resample', resampler: 'torchaudio-hann' },
  ],
  soundOf: {
    // ImageBind’s front end takes the mean off each of its clips.
    imagebind: [
      { step: 'resample', resampler: 'torchaudio-hann-float32' },
      { step: 'channels', keep: 'first' },
    ],
    synchformer: [
      { step: 'channels', keep: 'mean' },
      { step: 'resample', resampler: 'torchaudio-hann' },
    ],
  },
  windows: {
    vggish: torchvggishWindows,
    passt: {
      ...{ windowSamples: 320_000, hopSamples: 'window', take: 'first' },
      ...{ tail: 'drop', shortestTailSamples: 320_000, short: 'zero-pad' },
    },
    clap: clapFirstWindow,
  },
  numerics: exactNumerics,
  metrics: [
    'frechet-vggish',
    'frechet-cnn14-16k',
    'frechet-passt-s-10s',
    'kl-cnn14-16k-ref-gen',
    'kl-passt-s-10s-ref-gen',
    'inception-score-cnn14-16k',
    'inception-score-passt-s-10s',
    'imagebind-score-av-benchmark',
    'desync',
  ],
  notMeasured: [
    { name: 'LAION CLAP score', reason: 'it holds music against a text prompt, which a video has not' },
    { name: 'MS CLAP score', reason: 'the msclap 2023 network is not among the models' },
  ],
  bugs: [
    {
      tool: 'a file that cannot be read, or is too short for Synchformer, is replaced by the next one without a word',
      correct: 'the clip is named and left out',
      source: 'av_bench/data/audio_dataset.py, `__getitem__`',
    },
    {
      tool: 'a Fréchet distance that raises is -1',
      correct: 'a figure that cannot be computed says why',
      source: 'av_bench/evaluate.py',
    },
  ],
  departures: [
    'The tool cuts all sound to 8 s by default; here the window of the run does: --window 8.',
    'Its ImageBind takes the mean over all channels off, here that of the first: a constant that the front end takes off each frame anyway.',
    'The root of the covariances is exact; the tool takes SciPy’s and adds 1e-6 where that is not finite.',
  ],
  ...lengthRules,
};
