export type Mode = 'lydian' | 'ionian' | 'mixolydian' | 'dorian' | 'aeolian' | 'phrygian';

/** Semitones of the seven degrees above the tonic. */
export const modes: Readonly<Record<Mode, readonly number[]>> = {
  lydian: [0, 2, 4, 6, 7, 9, 11],
  ionian: [0, 2, 4, 5, 7, 9, 11],
  mixolydian: [0, 2, 4, 5, 7, 9, 10],
  dorian: [0, 2, 3, 5, 7, 9, 10],
  aeolian: [0, 2, 3, 5, 7, 8, 10],
  phrygian: [0, 1, 3, 5, 7, 8, 10],
};

export interface Key {
  /** MIDI number of the tonic. */
  readonly tonic: number;
  readonly mode: Mode;
}

/** Modes from bright to dark, with the lowest valence (-1 to 1) at which each is used. */
const modeByValence: readonly (readonly [Mode, number])[] = [
  ['lydian', 0.7],
  ['ionian', 0.15],
  ['mixolydian', -0.1],
  ['dorian', -0.4],
  ['aeolian', -0.8],
];

/** The mode for a mood: the higher the valence (-1 to 1), the more sharpened degrees. */
export function modeOfValence(valence: number): Mode {
  return modeByValence.find(([, lowest]) => valence >= lowest)?.[0] ?? 'phrygian';
}

/** MIDI pitch of a scale degree: 0 is the tonic, 7 the octave above, -1 the degree below. */
export function pitchOfDegree(key: Key, degree: number): number {
  const octave = Math.floor(degree / 7);
  const step = modes[key.mode][degree - octave * 7];
  if (step === undefined) throw new RangeError(`a scale degree must be a whole number, got ${degree}`);
  return key.tonic + 12 * octave + step;
}

/** Stacked thirds on a scale degree, root first: 3 tones make a triad, 4 a seventh chord. */
export function chordOfDegree(key: Key, degree: number, toneCount = 3): readonly number[] {
  return Array.from({ length: toneCount }, (_, tone) => pitchOfDegree(key, degree + 2 * tone));
}

/** The chord's tones moved by octaves to within six semitones of `centre`, lowest first: smooth voice leading. */
export function voicedNear(chord: readonly number[], centre: number): readonly number[] {
  return chord.map((pitch) => nearestOctave(pitch, centre)).sort((a, b) => a - b);
}

/** The pitch of the same class as `pitch` that is nearest to `centre`. */
export function nearestOctave(pitch: number, centre: number): number {
  return pitch + 12 * Math.round((centre - pitch) / 12);
}

const majorProgressions = [
  [0, 4, 5, 3],
  [0, 3, 4, 3],
  [0, 5, 3, 4],
  [0, 2, 3, 4],
] as const;

const minorProgressions = [
  [0, 5, 2, 6],
  [0, 3, 5, 4],
  [0, 6, 5, 6],
  [0, 2, 5, 3],
] as const;

/** Four chord degrees to go round in; `pick` is any whole number and chooses one of four. */
export function progressionFor(mode: Mode, pick: number): readonly number[] {
  const list = modes[mode][2] === 4 ? majorProgressions : minorProgressions;
  const count = list.length;
  return list[((pick % count) + count) % count] ?? majorProgressions[0];
}
