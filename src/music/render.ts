import { seededRng } from '../core/rng.js';
import type { Waveform } from '../core/waveform.js';
import { softClip } from './exact-math.js';
import { orchestra } from './orchestra.js';
import type { Note, Piece } from './piece.js';
import { addReverb } from './reverb.js';

export interface RenderOptions {
  readonly sampleRateHz: number;
  /** Seeds the noise in the instruments: the same piece and seed give the same bits on every machine. */
  readonly seed: number;
}

/** Samples never reach this size. */
const ceiling = 0.9;
/** Below it the mix is left as it is. */
const knee = 0.6;
/** A louder mix is turned down to this first, so that the limiter bends peaks and does not flatten the whole. */
const loudestIn = 1.2;
const fadeOutSeconds = 0.03;

interface Mix {
  readonly left: Float32Array;
  readonly right: Float32Array;
  readonly send: Float32Array;
}

/**
 * Plays a piece: stereo, exactly `piece.durationSeconds` long (rounded to a sample), peak below 0.9. Parts of notes outside
 * the piece are not heard. Throws RangeError for a note that is not finite.
 */
export function renderPiece(piece: Piece, options: RenderOptions): Waveform {
  const length = Math.round(piece.durationSeconds * options.sampleRateHz);
  const mix: Mix = { left: new Float32Array(length), right: new Float32Array(length), send: new Float32Array(length) };
  piece.notes.forEach((note, index) => {
    checkNote(note, index);
    addNote(mix, note, { ...options, index });
  });
  if (piece.reverb > 0) {
    addReverb(mix.send, mix.left, mix.right, { amount: 0.7 * piece.reverb, sampleRateHz: options.sampleRateHz });
  }
  master(mix, options.sampleRateHz);
  return { sampleRateHz: options.sampleRateHz, channels: [mix.left, mix.right] };
}

function checkNote(note: Note, index: number): void {
  const { startSeconds, durationSeconds, pitch, velocity } = note;
  if ([startSeconds, durationSeconds, pitch, velocity].every(Number.isFinite) && durationSeconds >= 0) return;
  throw new RangeError(`note ${index} (${note.instrument}) must be finite, got ${JSON.stringify(note)}`);
}

function addNote(
  mix: Mix,
  note: Note,
  { sampleRateHz, seed, index }: RenderOptions & { readonly index: number },
): void {
  const seat = orchestra[note.instrument];
  const from = Math.round(note.startSeconds * sampleRateHz);
  if (note.velocity <= 0 || from >= mix.left.length) return;
  const samples = seat.voice(
    { ...note, velocity: Math.min(1, note.velocity) },
    { sampleRateHz, rng: seededRng('note', seed, index) },
  );
  const pan = Math.max(-1, Math.min(1, seat.pan + (note.pitch - 60) / 120));
  const leftGain = seat.gain * Math.sqrt((1 - pan) / 2);
  const rightGain = seat.gain * Math.sqrt((1 + pan) / 2);
  const sendGain = seat.gain * seat.send;
  const end = Math.min(samples.length, mix.left.length - from);
  for (let at = Math.max(0, -from); at < end; at++) {
    const sample = samples[at]!;
    mix.left[from + at] = mix.left[from + at]! + leftGain * sample;
    mix.right[from + at] = mix.right[from + at]! + rightGain * sample;
    mix.send[from + at] = mix.send[from + at]! + sendGain * sample;
  }
}

/** Turns a loud mix down, bends what is left of its peaks and takes the last milliseconds to silence. */
function master(mix: Mix, sampleRateHz: number): void {
  const sides = [mix.left, mix.right];
  const gain = Math.min(1, loudestIn / Math.max(1e-9, ...sides.map(peakOf)));
  const fadeSamples = Math.round(fadeOutSeconds * sampleRateHz);
  for (const side of sides) {
    for (let index = 0; index < side.length; index++) {
      const fade = Math.min(1, (side.length - index) / fadeSamples);
      side[index] = fade * softClip(gain * side[index]!, { knee, ceiling });
    }
  }
}

function peakOf(samples: Float32Array): number {
  let peak = 0;
  for (let index = 0; index < samples.length; index++) peak = Math.max(peak, Math.abs(samples[index]!));
  return peak;
}
