import type { MertPlan, Protocol, SoundStep } from '../protocol.js';
import { exactNumerics, lengthRules, networkLongWindows, torchvggishWindows } from './common.js';

const repository = 'https://github.com/microsoft/fadtk';
const commit = 'ec74b1f';

/** A mono file of 16-bit PCM at the network's rate. */
export const fadtkSound: readonly SoundStep[] = [
  { step: 'channels', keep: 'mean' },
  { step: 'resample', resampler: 'torchaudio-kaiser-best' },
  { step: 'round-to-int16', by: 'nearest-32768' },
];

export const fadtkSoundOf: Protocol['soundOf'] = {
  vggish: [...fadtkSound, { step: 'pad-with-zeros', toSamples: 16_000 }],
  clap: [...fadtkSound, { step: 'round-to-int16', by: 'cut-32767' }],
};

/** The first six minutes in one run, which needs 400 samples for a frame. */
export const fadtkMertPlan: MertPlan = {
  ...{ windowSamples: 8_640_000, hopSamples: 'window', take: 'first' },
  ...{ tail: 'keep', shortestTailSamples: 400, short: 'as-tail', rows: 'frames' },
};

export const fadtkWindows: Protocol['windows'] = {
  vggish: torchvggishWindows,
  passt: networkLongWindows,
  clap: {
    ...{ windowSamples: 480_000, hopSamples: 48_000, take: 'all' },
    ...{ tail: 'zero-pad', shortestTailSamples: 1, short: 'as-tail' },
  },
  mert: fadtkMertPlan,
};

/** Microsoft's toolkit of Fréchet audio distances (Gui et al. 2023, arXiv:2311.01616). */
export const fadtk: Protocol = {
  id: 'fadtk-1.1',
  version: 2,
  title: 'fadtk 1.1',
  summary:
    'mean of channels, Kaiser 64 resampling, 16-bit files, CLAP on every second, MERT on each frame, features in half precision',
  status: 'published-tool',
  sources: [
    { repository, commit, file: 'fadtk/fad.py', settles: ['sound', 'sound of vggish', 'sound of clap', 'metrics'] },
    {
      repository,
      commit,
      file: 'fadtk/model_loader.py',
      settles: [
        'sound of vggish',
        'sound of clap',
        'windows of vggish',
        'windows of clap',
        'windows of mert',
        'features',
      ],
    },
    { repository, commit, file: 'fadtk/utils.py', settles: ['meanOfClip'] },
  ],
  sound: fadtkSound,
  soundOf: fadtkSoundOf,
  windows: fadtkWindows,
  numerics: { ...exactNumerics, features: 'float16' },
  metrics: ['vggish', 'clap-music', 'clap-630k-audioset', 'mert-v1-95m'].flatMap((space) => [
    `frechet-${space}`,
    `frechet-infinity-${space}`,
    `frechet-per-song-${space}`,
  ]),
  notMeasured: [
    { name: 'FAD over clap-2023', reason: 'the msclap 2023 network is not among the models' },
    { name: 'FAD over EnCodec', reason: 'the 24 kHz and 48 kHz EnCodec networks are not among the models' },
    { name: 'FAD over MERT v1 330M', reason: 'the network is not among the models' },
    {
      name: 'FAD over wav2vec 2.0, HuBERT, WavLM, Whisper, DAC and CDPAM',
      reason: 'the networks are not among the models',
    },
    { name: 'the fma_pop baseline', reason: 'its file is not bundled: give it with --reference-statistics' },
  ],
  bugs: [
    {
      tool: 'the mean of each file is rounded to half precision, because NumPy averages float16 in float16',
      correct: 'the mean of the half-precision features is kept exact',
      source: 'fadtk/utils.py; NumPy, `mean` of float16',
      compat: { meanOfClip: 'float16' },
    },
    {
      tool: 'an imaginary part above 1e-3 raises, small negative distances come out',
      correct: 'the trace of the root is a sum of singular values: real, and the distance at least 0',
      source: 'fadtk/fad.py, `calc_frechet_distance`; fadtk issue 38',
    },
    {
      tool: 'FAD-inf draws with replacement and without a seed, also below 500 frames',
      correct: 'draws have a seed; too few frames are refused',
      source: 'fadtk/fad.py, `score_inf`',
    },
  ],
  departures: [
    'Samples are rounded to the nearest multiple of 1/32768; what torchaudio writes depends on its backend and differs by one step at most.',
  ],
  ...lengthRules,
};
