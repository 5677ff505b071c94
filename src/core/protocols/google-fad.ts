import type { Protocol } from '../protocol.js';
import { clapFirstWindow, exactNumerics, lengthRules, networkLongWindows } from './common.js';

const repository = 'https://github.com/google-research/google-research';

/** Google's reference of the Fréchet audio distance (Kilgour et al. 2019, arXiv:1812.08466). */
export const googleFad: Protocol = {
  id: 'google-fad',
  version: 1,
  title: 'Google Fréchet audio distance',
  summary: '16-bit mono at 16 kHz, each clip divided by its largest sample, VGGish on 1 s every 0.5 s',
  status: 'published-tool',
  sources: [
    {
      ...{ repository, commit: '066e6a1' },
      file: 'frechet_audio_distance/create_embeddings_beam.py',
      settles: ['sound', 'features', 'meanOfClip', 'metrics'],
    },
    {
      ...{ repository, commit: '0242908' },
      file: 'frechet_audio_distance/audioset_model.py',
      settles: ['sound', 'windows of vggish'],
    },
  ],
  sound: [
    { step: 'channels', keep: 'mean' },
    { step: 'resample', resampler: 'torchaudio-hann' },
    { step: 'round-to-int16', by: 'nearest-32768' },
    // 0.1 on the scale of 16-bit numbers.
    { step: 'divide-by-maximum', atLeast: 0.1 / 32_768 },
  ],
  soundOf: {},
  windows: {
    vggish: {
      ...{ windowSamples: 16_000, hopSamples: 8_000, take: 'all' },
      ...{ tail: 'drop', shortestTailSamples: 16_000, short: 'drop' },
    },
    passt: networkLongWindows,
    clap: clapFirstWindow,
  },
  numerics: exactNumerics,
  metrics: ['frechet-vggish'],
  notMeasured: [],
  bugs: [
    {
      tool: 'mean and covariance are stored in float32 and 1e-7 is added to both covariances of a singular product',
      correct: 'statistics are float64 and the root needs no addition',
      source: 'frechet_audio_distance/create_embeddings_beam.py, fad_utils.py',
    },
    {
      tool: 'the sampling rate of a file is not looked at, and stereo fails',
      correct: 'sound is mixed and resampled to 16 kHz first',
      source: 'frechet_audio_distance/create_embeddings_beam.py, `ReadWavFiles`',
    },
  ],
  departures: [
    'The tool takes 16 kHz mono files and leaves it to the user how they are made; here channels are averaged and torchaudio’s default filter resamples.',
  ],
  ...lengthRules,
};
