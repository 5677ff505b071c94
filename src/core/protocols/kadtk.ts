import type { Protocol } from '../protocol.js';
import { exactNumerics, lengthRules } from './common.js';
import { fadtkMertPlan, fadtkSound, fadtkSoundOf, fadtkWindows } from './fadtk-1.1.js';

const repository = 'https://github.com/YoonjinXD/kadtk';
const commit = '8bda71d';
const openl3 = ['openl3-music', 'openl3-env', 'openl3-mel128-music', 'openl3-mel128-env'];
const spaces = ['vggish', 'clap-music', 'clap-630k-audioset', 'cnn14-16k', 'cnn14-32k', ...openl3, 'mert-v1-95m'];

/** The toolkit of the kernel audio distance (Chung et al. 2025, arXiv:2502.15602). */
export const kadtk: Protocol = {
  id: 'kadtk',
  version: 2,
  title: 'kadtk',
  summary: 'sound and features as in fadtk, MERT by the second, kernel distances with the bandwidth of the reference',
  status: 'published-tool',
  sources: [
    { repository, commit, file: 'kadtk/kad.py', settles: ['kernelBandwidth', 'metrics'] },
    { repository, commit, file: 'kadtk/fad.py', settles: ['meanOfClip', 'metrics'] },
    {
      repository,
      commit,
      file: 'kadtk/emb_loader.py',
      settles: ['sound', 'sound of vggish', 'sound of clap', 'features'],
    },
    {
      repository,
      commit,
      file: 'kadtk/model_loader.py',
      settles: ['sound of vggish', 'sound of clap', 'windows of vggish', 'windows of clap', 'windows of mert'],
    },
  ],
  sound: fadtkSound,
  soundOf: fadtkSoundOf,
  windows: { ...fadtkWindows, mert: { ...fadtkMertPlan, rows: 'seconds' } },
  numerics: { ...exactNumerics, features: 'float16' },
  metrics: [...spaces.map((space) => `kernel-distance-${space}`), ...spaces.map((space) => `frechet-${space}`)],
  notMeasured: [
    { name: 'KAD over PaSST', reason: 'the tool joins logits and features into one vector of 1295' },
    { name: 'KAD over panns-wavegram-logmel', reason: 'the network is not among the models' },
    { name: 'KAD over wav2vec 2.0, HuBERT and others', reason: 'the networks are not among the models' },
    { name: 'KAD-inf', reason: 'the kernel distance is unbiased: there is nothing to extrapolate' },
  ],
  bugs: [
    {
      tool: 'the bandwidth is the median distance within the evaluated set, so two systems are measured with two kernels',
      correct: 'the bandwidth is that of the reference, as the paper says',
      source: 'kadtk/kad.py; kadtk issue 9',
      compat: { kernelBandwidth: 'evaluated' },
    },
    {
      tool: 'the mean of each file is rounded to half precision in Fréchet distances, as in fadtk',
      correct: 'the mean of the half-precision features is kept exact',
      source: 'kadtk/fad.py; NumPy, `mean` of float16',
      compat: { meanOfClip: 'float16' },
    },
    {
      tool: 'kernels and Fréchet distances are computed in float32',
      correct: 'float64',
      source: 'kadtk/kad.py, kadtk/fad.py',
    },
  ],
  departures: [
    'Samples are rounded to the nearest multiple of 1/32768; what torchaudio writes depends on its backend and differs by one step at most.',
  ],
  ...lengthRules,
};
