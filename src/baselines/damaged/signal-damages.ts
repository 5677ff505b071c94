import { ok } from '../../core/outcome.js';
import { addNoise } from '../../dsp/damage/add-noise.js';
import { changeGain } from '../../dsp/damage/change-gain.js';
import { clipPeaks } from '../../dsp/damage/clip-peaks.js';
import { lowPass } from '../../dsp/damage/low-pass.js';
import type { Damage } from './damage.js';

/** Faults of the recording: the notes stay. */
export const signalDamages: readonly Damage[] = [
  {
    id: 'noise',
    version: 1,
    title: 'Additive noise',
    summary: 'White noise at a ratio to the sound’s own power.',
    levels: [30, 20, 10, 0, -10],
    levelText: (db) => `${db} dB SNR`,
    apply: ({ music, level, rng }) => ok(addNoise(music, { signalToNoiseDb: level, rng })),
  },
  {
    id: 'low-pass',
    version: 1,
    title: 'Low-pass',
    summary: 'Nothing above a cut-off.',
    levels: [8000, 4000, 2000, 1000, 500],
    levelText: (hz) => `${hz} Hz`,
    apply: ({ music, level }) => ok(lowPass(music, { cutoffHz: level })),
  },
  {
    id: 'clipping',
    version: 1,
    title: 'Clipping',
    summary: 'Turned up against its own peak, what is above it cut off.',
    levels: [6, 12, 18, 24, 36],
    levelText: (db) => `+${db} dB`,
    apply: ({ music, level }) => ok(clipPeaks(music, { gainDb: level })),
  },
  {
    id: 'gain',
    version: 1,
    title: 'Gain',
    summary: 'Turned down as a whole; a metric that matches loudness must not notice.',
    levels: [-6, -12, -24, -36, -48],
    levelText: (db) => `${db} dB`,
    apply: ({ music, level }) => ok(changeGain(music, { gainDb: level })),
  },
];
