import type { Protocol } from '../protocol.js';
import { clapWindowsToTheEnd, exactNumerics, lengthRules, networkLongWindows, torchvggishWindows } from './common.js';

const repository = 'https://github.com/gudgud96/frechet-audio-distance';
const commit = '55971f6';

/** The PyTorch package frechet-audio-distance 0.3.5 with VGGish. */
export const gudgudVggish: Protocol = {
  id: 'gudgud-vggish',
  version: 1,
  title: 'frechet-audio-distance 0.3.5, VGGish',
  summary: 'mean of channels, resampy, level as it is, torchvggish before the last ReLU',
  status: 'published-tool',
  sources: [
    {
      ...{ repository, commit, file: 'frechet_audio_distance/fad.py' },
      settles: ['sound', 'windows of vggish', 'features', 'meanOfClip', 'metrics'],
    },
  ],
  sound: [
    { step: 'channels', keep: 'mean' },
    { step: 'resample', resampler: 'resampy-kaiser-best' },
  ],
  soundOf: {},
  windows: { vggish: torchvggishWindows, passt: networkLongWindows, clap: clapWindowsToTheEnd },
  numerics: exactNumerics,
  metrics: ['frechet-vggish'],
  notMeasured: [
    { name: 'FAD over PANNs', reason: 'the tool computes it of single numbers instead of vectors' },
    { name: 'FAD over CLAP', reason: 'the tool crops sound beyond 10 s at random, without a seed' },
    { name: 'FAD over EnCodec', reason: 'the network is not among the models' },
  ],
  bugs: [
    {
      tool: 'PANNs: only the first dimension of the batch is kept, so the statistics are those of single numbers',
      correct: 'one vector a clip (frechet-cnn14-16k)',
      source: 'frechet_audio_distance/fad.py, `get_embeddings`; issue 37',
    },
    {
      tool: 'errors are printed and the distance is -1',
      correct: 'a figure that cannot be computed says why',
      source: 'frechet_audio_distance/fad.py, `score`',
    },
  ],
  departures: ['The root of the covariances is exact; the tool takes SciPy’s and adds 1e-6 where that is not finite.'],
  ...lengthRules,
};
