import type { Protocol } from '../protocol.js';
import { clapWindowsToTheEnd, exactNumerics, lengthRules, networkLongWindows, torchvggishWindows } from './common.js';

/** What this project recommends: both sets at one loudness, every part of a sound seen once, exact figures. */
export const bench1: Protocol = {
  id: 'bench-1',
  version: 1,
  title: 'bench, first protocol',
  summary: 'mean of channels, both sets at -23 LUFS, one resampling to each encoder’s rate, common part',
  status: 'recommended',
  sources: [],
  sound: [
    { step: 'channels', keep: 'mean' },
    { step: 'match-loudness', lufs: -23 },
    { step: 'resample', resampler: 'torchaudio-hann' },
  ],
  soundOf: {},
  windows: { vggish: torchvggishWindows, passt: networkLongWindows, clap: clapWindowsToTheEnd },
  numerics: exactNumerics,
  metrics: [],
  notMeasured: [],
  bugs: [],
  departures: [],
  ...lengthRules,
};
