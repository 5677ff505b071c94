import type { Protocol, SoundStep } from '../protocol.js';
import { clapWindowsToTheEnd, exactNumerics, lengthRules, networkLongWindows, torchvggishWindows } from './common.js';

const repository = 'https://github.com/haoheliu/audioldm_eval';
const commit = '8dc07ee';

export const audioldmSound: readonly SoundStep[] = [
  { step: 'channels', keep: 'first' },
  { step: 'subtract-mean' },
  { step: 'resample', resampler: 'torchaudio-hann-float32' },
  { step: 'pad-with-zeros', toSamples: 32_000 },
];

/** audioldm_eval with `backbone="cnn14"` at 16 kHz. */
export const audioldmEval: Protocol = {
  id: 'audioldm-eval-cnn14-16k',
  version: 1,
  title: 'audioldm_eval, CNN14 at 16 kHz',
  summary: 'first channel less its mean, torchaudio’s functional resampling, at least 2 s, CNN14 16 kHz and VGGish',
  status: 'published-tool',
  sources: [
    { repository, commit, file: 'audioldm_eval/datasets/load_mel.py', settles: ['sound'] },
    { repository, commit, file: 'audioldm_eval/metrics/fad.py', settles: ['windows of vggish', 'features'] },
    { repository, commit, file: 'audioldm_eval/metrics/fid.py', settles: ['features', 'meanOfClip'] },
    { repository, commit, file: 'audioldm_eval/metrics/kl.py', settles: ['metrics'] },
    { repository, commit, file: 'audioldm_eval/eval.py', settles: ['metrics'] },
  ],
  sound: audioldmSound,
  soundOf: {},
  windows: { vggish: torchvggishWindows, passt: networkLongWindows, clap: clapWindowsToTheEnd },
  numerics: exactNumerics,
  metrics: [
    'frechet-cnn14-16k',
    'frechet-vggish',
    'kl-cnn14-16k-ref-gen-eps1e-6',
    'kl-cnn14-16k-ref-gen-eps1e-6-sigmoid',
    'inception-score-cnn14-16k',
    'kid-cnn14-16k',
  ],
  notMeasured: [
    { name: 'LSD, PSNR, SSIM', reason: 'distances of spectrograms sample by sample say nothing of music for a video' },
  ],
  bugs: [
    {
      tool: 'a file that cannot be read is replaced by the next one without a word',
      correct: 'the clip is named and left out',
      source: 'audioldm_eval/datasets/load_mel.py, `__getitem__`',
    },
    {
      tool: 'since September 2024 the default backbone is MERT, whose hidden states stand in for class logits',
      correct: 'the backbone of this protocol is CNN14',
      source: 'audioldm_eval/eval.py; audioldm_eval issue 13',
    },
    {
      tool: 'sets whose file names do not match give a KL of -1',
      correct: 'generation and reference belong to one clip; a missing one is named',
      source: 'audioldm_eval/metrics/kl.py',
    },
    {
      tool: 'the sigmoid form has no terms for the absence of a class, so it can be below 0',
      correct: 'the softmax form, which is a divergence',
      source: 'audioldm_eval/metrics/kl.py',
    },
  ],
  departures: ['The root of the covariances is exact; the tool takes SciPy’s and adds 1e-6 where that is not finite.'],
  ...lengthRules,
};
