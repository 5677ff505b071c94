import { ok } from '../../core/outcome.js';
import { durationSecondsOf } from '../../core/waveform.js';
import { bandwidthHz } from '../../dsp/bandwidth.js';
import { clippedShare } from '../../dsp/clipping.js';
import { dcOffset } from '../../dsp/dc-offset.js';
import { integratedLoudness } from '../../dsp/loudness.js';
import { loudnessRange } from '../../dsp/loudness-range.js';
import { silenceShare } from '../../dsp/silence-share.js';
import { spectralCentroidHz } from '../../dsp/spectral-centroid.js';
import { stereoWidth } from '../../dsp/stereo-width.js';
import { truePeakDb } from '../../dsp/true-peak.js';
import type { SignalEncoder } from '../encoder.js';
import { createSignalFactEncoder, type SignalFact } from './signal-fact-encoder.js';

const facts: readonly SignalFact[] = [
  {
    id: 'signal-duration',
    version: 1,
    summary: 'Length of the sound',
    quantity: 'seconds',
    measure: (sound) => ok(durationSecondsOf(sound)),
  },
  {
    id: 'signal-clipping',
    version: 1,
    summary: 'Samples in flat tops at full scale',
    quantity: 'share of all samples, 0 to 1',
    measure: (sound) => ok(clippedShare(sound)),
  },
  {
    id: 'signal-silence',
    version: 1,
    summary: 'Time below -60 dBFS in blocks of 100 ms',
    quantity: 'share of the time, 0 to 1',
    measure: (sound) => ok(silenceShare(sound)),
  },
  {
    id: 'signal-loudness',
    version: 1,
    summary: 'Integrated loudness of all channels (BS.1770-4)',
    quantity: 'LUFS',
    measure: integratedLoudness,
  },
  {
    id: 'signal-loudness-range',
    version: 1,
    summary: 'Loudness range (EBU Tech 3342)',
    quantity: 'LU',
    measure: loudnessRange,
  },
  {
    id: 'signal-true-peak',
    version: 1,
    summary: 'True peak of the loudest channel (BS.1770-4, annex 2)',
    quantity: 'dBTP',
    measure: truePeakDb,
  },
  {
    id: 'signal-bandwidth',
    version: 1,
    summary: 'Highest frequency within 60 dB of the loudest bin of the long-term spectrum',
    quantity: 'Hz',
    measure: bandwidthHz,
  },
  {
    id: 'signal-centroid',
    version: 1,
    summary: 'Centre of the long-term magnitude spectrum',
    quantity: 'Hz',
    measure: spectralCentroidHz,
  },
  {
    id: 'signal-dc-offset',
    version: 1,
    summary: 'Largest mean of any channel',
    quantity: 'share of full scale, 0 to 1',
    measure: (sound) => ok(dcOffset(sound)),
  },
  {
    id: 'signal-stereo-width',
    version: 1,
    summary: 'Energy of the side signal against side and mid together',
    quantity: 'share, 0 to 1',
    measure: stereoWidth,
  },
];

/** Encoders of facts about the file as it was decoded: one each, so that one that is not defined says why. */
export function createSignalFactEncoders(): readonly SignalEncoder[] {
  return facts.map(createSignalFactEncoder);
}
