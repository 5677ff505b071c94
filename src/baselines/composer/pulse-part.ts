import type { Note } from '../../music/piece.js';
import { chordOfDegree, nearestOctave } from '../../music/theory.js';
import type { Bar, MusicPlan } from './plan-music.js';
import { beatsPerBar } from './tempo.js';

/** A beat this close to an accent is left to the accent's own stroke. */
const clearBeats = 1;

/**
 * Bass notes that keep the time where the picture moves but gives no accents to play: on every beat of a lively bar, on the
 * first beat of a calm one. Nowhere near an accent, since a stroke beside it would blur it.
 */
export function pulsePart(plan: MusicPlan): readonly Note[] {
  return plan.bars.flatMap((bar) => beatsOf(bar, plan).map((startSeconds) => pulseNote(bar, { plan, startSeconds })));
}

function beatsOf(bar: Bar, plan: MusicPlan): readonly number[] {
  const count = bar.intensity >= 2 ? beatsPerBar : 1;
  const { beatSeconds } = plan.grid;
  const downbeat = bar.endSeconds - beatsPerBar * beatSeconds;
  const beats = Array.from({ length: count }, (_, beat) => downbeat + beat * beatSeconds);
  return beats.filter((time) => time >= 0 && time < plan.durationSeconds && isClear(time, plan));
}

function isClear(time: number, plan: MusicPlan): boolean {
  const reach = clearBeats * plan.grid.beatSeconds;
  return plan.accents.every((accent) => Math.abs(accent.timeSeconds - time) > reach);
}

function pulseNote(bar: Bar, { plan, startSeconds }: { plan: MusicPlan; startSeconds: number }): Note {
  const root = chordOfDegree(plan.key, bar.chordDegree)[0]!;
  return {
    instrument: 'bass',
    startSeconds,
    durationSeconds: 0.9 * plan.grid.beatSeconds,
    pitch: nearestOctave(root, 40),
    velocity: 0.35 + 0.1 * bar.intensity,
  };
}
