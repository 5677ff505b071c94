import type { Instrument, Note } from '../../music/piece.js';
import { nearestOctave, pitchOfDegree, voicedNear } from '../../music/theory.js';
import type { Stroke } from './arrangements.js';
import { chordAt, energyAt, type Moment, type Score } from './score.js';

/** A melody note is let go after this long even if nothing else happens, so that loudness can fall with the motion. */
const longestLeadSeconds = 1.6;
/** Below this motion beats stay empty. */
const leastPulseEnergy = 0.3;

/** Drums: the cut's strokes at cuts, the hit's strokes in turn at hits. */
export function drumsOf(score: Score): readonly Note[] {
  const { cutDrums, hitDrums } = score.arrangement;
  return score.moments.flatMap((moment) => {
    const strokes = moment.isCut ? cutDrums : (hitDrums[moment.order % hitDrums.length] ?? []);
    const level = 0.35 + 0.65 * energyAt(score, moment.seconds);
    return strokes.map(([instrument, velocity]) => stroke(instrument, moment.seconds, velocity * level));
  });
}

/** A chord and its bass at every moment, held to the next. */
export function chordsOf(score: Score): readonly Note[] {
  const { chords, chordLevel, chordSeconds, chordTones, chordCentre, bass, drone } = score.arrangement;
  return score.moments.flatMap((moment) => {
    const chord = chordAt(score, moment.seconds);
    const tones = chordTones === 2 ? [chord[0]!, chord[2]!, chord[0]! + 12] : chord;
    const held = {
      startSeconds: moment.seconds,
      durationSeconds: heldSeconds(moment, chordSeconds),
      velocity: chordLevel * strengthAt(score, moment),
    };
    const upper = voicedNear(tones, chordCentre + score.lift).map((pitch) => ({ ...held, instrument: chords, pitch }));
    const root = drone ? score.key.tonic : chord[0]!;
    return bass === undefined ? upper : [...upper, { ...held, instrument: bass, pitch: nearestOctave(root, 38) }];
  });
}

/** A tune that steps through the scale and comes to rest on chord tones at cuts. */
export function melodyOf(score: Score): readonly Note[] {
  const { lead, leadCentre } = score.arrangement;
  const centre = leadCentre + score.lift;
  let degree = 0;
  return score.moments.map((moment): Note => {
    degree = Math.max(-4, Math.min(5, degree + score.rng.integer(5) - 2));
    const chord = chordAt(score, moment.seconds);
    const free = nearestOctave(score.key.tonic, centre) + pitchOfDegree({ ...score.key, tonic: 0 }, degree);
    const pitch = moment.isCut ? nearestOctave(chord[score.rng.integer(chord.length)]!, free) : free;
    const velocity = Math.min(1, 1.1 * strengthAt(score, moment));
    return {
      instrument: lead,
      startSeconds: moment.seconds,
      durationSeconds: heldSeconds(moment, longestLeadSeconds),
      pitch,
      velocity,
    };
  });
}

/** Strokes on beats and half beats of busy passages on which nothing is seen; loud ones would claim that something is. */
export function pulseOf(score: Score): readonly Note[] {
  const { beatPulse, halfBeatPulse } = score.arrangement;
  const half = score.meter.beatLengthSeconds / 2;
  const beats = score.meter.sections.flatMap((section) => section.beatSeconds);
  const strokesAt = (strokes: readonly Stroke[], seconds: number, order: number): readonly Note[] =>
    isEmpty(score, seconds)
      ? strokes.map(([instrument, velocity]) => ({
          instrument,
          startSeconds: seconds,
          durationSeconds: instrument === 'bass' ? 0.8 * half : 2 * half,
          pitch: pulsePitch(score, { instrument, seconds, order }),
          velocity: velocity * energyAt(score, seconds),
        }))
      : [];
  return beats.flatMap((beat, order) => [
    ...strokesAt(beatPulse, beat, order),
    ...strokesAt(halfBeatPulse, beat + half, order),
  ]);
}

function pulsePitch(
  score: Score,
  { instrument, seconds, order }: { instrument: Instrument; seconds: number; order: number },
): number {
  const chord = chordAt(score, seconds);
  if (instrument === 'bass') return nearestOctave(chord[0]!, 34);
  const voiced = voicedNear(chord, score.arrangement.chordCentre + 7 + score.lift);
  return voiced[order % voiced.length]!;
}

/** Whether nothing is seen around a time although there is motion. */
function isEmpty(score: Score, seconds: number): boolean {
  const isFree = score.moments.every((moment) => Math.abs(moment.seconds - seconds) > 0.15);
  return isFree && energyAt(score, seconds) >= leastPulseEnergy && seconds < score.script.durationSeconds - 0.1;
}

/** Held chords that swell and fade with the motion, half a bar at a time. */
export function carpetOf(score: Score): readonly Note[] {
  const { carpet, carpetCentre, drone } = score.arrangement;
  const stepSeconds = 2 * score.meter.beatLengthSeconds;
  return score.meter.sections.flatMap(({ startSeconds, endSeconds }) => {
    const count = Math.ceil((endSeconds - startSeconds) / stepSeconds - 0.01);
    return Array.from({ length: count }, (_, step) => startSeconds + step * stepSeconds).flatMap((seconds) => {
      const velocity = 0.12 + 0.88 * energyAt(score, seconds + 0.1);
      const durationSeconds = Math.min(stepSeconds, endSeconds - seconds);
      const chord = drone ? [score.key.tonic, score.key.tonic + 7] : chordAt(score, seconds);
      return voicedNear(chord, carpetCentre + score.lift).map(
        (pitch): Note => ({ instrument: carpet, startSeconds: seconds, durationSeconds, pitch, velocity }),
      );
    });
  });
}

function strengthAt(score: Score, moment: Moment): number {
  return (moment.isCut ? 0.4 : 0.3) + 0.6 * energyAt(score, moment.seconds);
}

function heldSeconds(moment: Moment, longestSeconds: number): number {
  return Math.min(longestSeconds, moment.untilSeconds - moment.seconds);
}

function stroke(instrument: Instrument, startSeconds: number, velocity: number): Note {
  return { instrument, startSeconds, durationSeconds: 0.2, pitch: 60, velocity };
}
