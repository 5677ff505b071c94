/** The instruments of the synthesiser, by the part they play. */
export type Instrument =
  | 'kick'
  | 'snare'
  | 'hat'
  | 'cymbal'
  | 'bass'
  | 'plucked-strings'
  | 'piano'
  | 'bowed-strings'
  | 'pad'
  | 'flute'
  | 'synth-lead';

export interface Note {
  readonly instrument: Instrument;
  readonly startSeconds: number;
  readonly durationSeconds: number;
  /** MIDI number; drums ignore it. */
  readonly pitch: number;
  /** Loudness of the stroke, 0 to 1. */
  readonly velocity: number;
}

/** A piece of music as plain data; `renderPiece` turns it into sound. */
export interface Piece {
  readonly durationSeconds: number;
  readonly notes: readonly Note[];
  /** Share of reverberated sound, 0 to 1. */
  readonly reverb: number;
}
