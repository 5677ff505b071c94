import type { Instrument } from '../../music/piece.js';
import type { PaletteName } from './scene.js';

/** An instrument and its velocity at full energy. */
export type Stroke = readonly [Instrument, number];

/** Which instruments a palette sounds like, and what each does. */
export interface Arrangement {
  /** Strokes at a cut, and in turn at hits. */
  readonly cutDrums: readonly Stroke[];
  readonly hitDrums: readonly (readonly Stroke[])[];
  /** Soft strokes on beats and between them, where there is motion but nothing else is seen. */
  readonly beatPulse: readonly Stroke[];
  readonly halfBeatPulse: readonly Stroke[];
  readonly chords: Instrument;
  /** Share of full velocity, and how long a chord is held at most, so that loudness can fall with the motion. */
  readonly chordLevel: number;
  readonly chordSeconds: number;
  /** Chord tones: 2 is root and fifth, 3 a triad, 4 a seventh chord. */
  readonly chordTones: 2 | 3 | 4;
  readonly chordCentre: number;
  readonly bass?: Instrument;
  readonly lead: Instrument;
  readonly leadCentre: number;
  /** Held under everything; it swells and never strikes. */
  readonly carpet: Instrument;
  readonly carpetCentre: number;
  /** The tonic sounds on below all chords. */
  readonly drone: boolean;
  readonly reverb: number;
}

/** Drums and power chords. */
const rock: Arrangement = {
  cutDrums: strokes('kick 1', 'snare 0.7', 'cymbal 1'),
  hitDrums: [strokes('kick 1', 'cymbal 0.5'), strokes('snare 1', 'kick 0.5')],
  beatPulse: strokes('hat 0.8', 'snare 0.5'),
  halfBeatPulse: strokes('hat 0.6', 'bass 0.7'),
  chords: 'plucked-strings',
  chordLevel: 1,
  chordSeconds: 1,
  chordTones: 2,
  chordCentre: 45,
  bass: 'bass',
  lead: 'synth-lead',
  leadCentre: 64,
  carpet: 'synth-lead',
  carpetCentre: 45,
  drone: false,
  reverb: 0.15,
};

/** Four to the floor, stabs and a bass between the beats. */
const techno: Arrangement = {
  cutDrums: strokes('kick 1', 'cymbal 1', 'snare 0.8'),
  hitDrums: [strokes('kick 1', 'hat 0.9'), strokes('kick 1', 'snare 0.8')],
  beatPulse: strokes('kick 0.8', 'hat 0.5'),
  halfBeatPulse: strokes('hat 0.8', 'bass 0.8'),
  chords: 'synth-lead',
  chordLevel: 0.8,
  chordSeconds: 0.2,
  chordTones: 3,
  chordCentre: 60,
  bass: 'bass',
  lead: 'synth-lead',
  leadCentre: 72,
  carpet: 'pad',
  carpetCentre: 58,
  drone: false,
  reverb: 0.2,
};

const fluteAndGuitar: Arrangement = {
  cutDrums: strokes('cymbal 0.4'),
  hitDrums: [[], strokes('hat 0.3')],
  beatPulse: strokes('plucked-strings 0.3'),
  halfBeatPulse: [],
  chords: 'plucked-strings',
  chordLevel: 0.8,
  chordSeconds: 1.6,
  chordTones: 3,
  chordCentre: 55,
  lead: 'flute',
  leadCentre: 77,
  carpet: 'pad',
  carpetCentre: 55,
  drone: false,
  reverb: 0.35,
};

const pianoSolo: Arrangement = {
  cutDrums: [],
  hitDrums: [[]],
  beatPulse: strokes('piano 0.3'),
  halfBeatPulse: [],
  chords: 'piano',
  chordLevel: 0.9,
  chordSeconds: 1.6,
  chordTones: 4,
  chordCentre: 58,
  bass: 'piano',
  lead: 'piano',
  leadCentre: 76,
  carpet: 'pad',
  carpetCentre: 58,
  drone: false,
  reverb: 0.35,
};

const stringOrchestra: Arrangement = {
  cutDrums: strokes('cymbal 0.6', 'kick 0.6'),
  hitDrums: [strokes('kick 0.4')],
  beatPulse: [],
  halfBeatPulse: [],
  chords: 'bowed-strings',
  chordLevel: 1,
  chordSeconds: 1.6,
  chordTones: 3,
  chordCentre: 57,
  bass: 'bowed-strings',
  lead: 'bowed-strings',
  leadCentre: 76,
  carpet: 'bowed-strings',
  carpetCentre: 55,
  drone: false,
  reverb: 0.5,
};

/** Plucked strings over a drone, as with sitar and tabla. */
const dronedStrings: Arrangement = {
  cutDrums: strokes('kick 0.8', 'cymbal 0.3'),
  hitDrums: [strokes('kick 0.6'), []],
  beatPulse: strokes('plucked-strings 0.3'),
  halfBeatPulse: [],
  chords: 'plucked-strings',
  chordLevel: 1,
  chordSeconds: 1.6,
  chordTones: 2,
  chordCentre: 50,
  lead: 'plucked-strings',
  leadCentre: 67,
  carpet: 'bowed-strings',
  carpetCentre: 45,
  drone: true,
  reverb: 0.3,
};

export const arrangements: Readonly<Record<PaletteName, Arrangement>> = {
  ember: rock,
  neon: techno,
  forest: fluteAndGuitar,
  ocean: pianoSolo,
  dusk: stringOrchestra,
  sand: dronedStrings,
};

/** Reads `kick 1`. */
function strokes(...texts: readonly `${Instrument} ${number}`[]): readonly Stroke[] {
  return texts.map((text) => {
    const [instrument, velocity] = text.split(' ') as [Instrument, string];
    return [instrument, Number(velocity)];
  });
}
