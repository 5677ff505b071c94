import { cymbal, hat, kick, snare } from './drums.js';
import { piano } from './piano.js';
import type { Instrument } from './piece.js';
import { pluckedStrings } from './plucked-strings.js';
import { bass, bowedStrings, flute, pad, synthLead } from './sustained.js';
import type { Voice } from './voice.js';

/** How an instrument sounds and where it stands. */
export interface Seat {
  readonly voice: Voice;
  /** Level in the mix. */
  readonly gain: number;
  /** -1 left to 1 right. */
  readonly pan: number;
  /** Share that also goes to the reverberation. */
  readonly send: number;
}

export const orchestra: Readonly<Record<Instrument, Seat>> = {
  kick: { voice: kick, gain: 0.8, pan: 0, send: 0.05 },
  snare: { voice: snare, gain: 1.3, pan: 0.08, send: 0.35 },
  hat: { voice: hat, gain: 1.4, pan: 0.3, send: 0.1 },
  cymbal: { voice: cymbal, gain: 0.9, pan: -0.25, send: 0.4 },
  bass: { voice: bass, gain: 0.36, pan: 0, send: 0.08 },
  'plucked-strings': { voice: pluckedStrings, gain: 0.34, pan: -0.2, send: 0.5 },
  piano: { voice: piano, gain: 0.32, pan: 0.1, send: 0.5 },
  'bowed-strings': { voice: bowedStrings, gain: 0.2, pan: -0.1, send: 0.8 },
  pad: { voice: pad, gain: 0.17, pan: 0.05, send: 0.8 },
  flute: { voice: flute, gain: 0.3, pan: 0.2, send: 0.7 },
  'synth-lead': { voice: synthLead, gain: 0.2, pan: 0.15, send: 0.5 },
};
