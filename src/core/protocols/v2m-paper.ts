import type { Protocol } from '../protocol.js';
import { audioldmSound } from './audioldm-eval-cnn14-16k.js';
import { clapFirstWindow, exactNumerics, lengthRules, networkLongWindows, torchvggishWindows } from './common.js';
import { gudgudVggish } from './gudgud-vggish.js';

const diffV2m = { repository: 'https://github.com/Tayjsl97/Diff-V2M-Code', commit: '89a2666' };

/** V2M-bench as VidMuse (Tian et al. 2024, arXiv:2406.04321) and the papers after it report it. */
export const v2mPaper: Protocol = {
  id: 'v2m-paper',
  version: 1,
  title: 'V2M-bench as papers report it',
  summary: 'INFERRED: each metric by the tool that follow-up code on V2M-bench calls; VidMuse itself names no tools',
  status: 'inferred',
  sources: [
    { ...diffV2m, file: 'inference/fad.py', settles: ['sound of vggish', 'windows of vggish', 'metrics'] },
    { ...diffV2m, file: 'inference/kl.py', settles: ['sound', 'metrics'] },
    { ...diffV2m, file: 'inference/density_coverage.py', settles: ['sound of clap', 'windows of clap', 'metrics'] },
    { ...diffV2m, file: 'inference/imagebind_score.py', settles: ['sound of imagebind', 'metrics'] },
    {
      repository: 'https://github.com/LAION-AI/CLAP',
      ...{ commit: '1fd4c37', file: 'src/laion_clap/hook.py', settles: ['sound of clap', 'windows of clap'] },
    },
    {
      repository: 'https://github.com/facebookresearch/ImageBind',
      ...{ commit: '53680b0', file: 'imagebind/data.py', settles: ['sound of imagebind'] },
    },
  ],
  sound: audioldmSound,
  soundOf: {
    vggish: gudgudVggish.sound,
    clap: [
      { step: 'channels', keep: 'mean' },
      { step: 'resample', resampler: 'soxr-hq' },
      { step: 'round-to-int16', by: 'cut-32767' },
    ],
    imagebind: [
      { step: 'resample', resampler: 'torchaudio-hann-float32' },
      { step: 'channels', keep: 'first' },
    ],
  },
  windows: { vggish: torchvggishWindows, passt: networkLongWindows, clap: clapFirstWindow },
  numerics: exactNumerics,
  metrics: [
    'frechet-vggish',
    'frechet-cnn14-16k',
    'kl-cnn14-16k-ref-gen-eps1e-6',
    'inception-score-cnn14-16k',
    'density-clap-630k-audioset',
    'coverage-clap-630k-audioset',
    'imagebind-score',
  ],
  notMeasured: [],
  bugs: [],
  departures: [
    'LAION CLAP crops sound beyond 10 s at random; here the first 10 s stand for it.',
    'VidMuse’s own FD (29.946) is not what Diff-V2M’s code gives for the same music (22.03): length, rate or version of the network differ.',
    'Its ImageBind takes the mean over all channels off, here that of the first: a constant that the front end takes off each frame anyway.',
  ],
  ...lengthRules,
};
