import type { Note } from '../../music/piece.js';
import { chordOfDegree, voicedNear } from '../../music/theory.js';
import type { Bar, MusicPlan } from './plan-music.js';

/** Chords overlap by this much, so that a change of harmony is a crossfade and not a stroke. */
const overlapSeconds = 0.25;

/** The first chord begins before the clip, so that the music is there from the first sample and does not start with a stroke. */
const leadInSeconds = 0.6;

/** A chord begins with an accent that is at most this far from the bar line: then its stroke is wanted. */
const snapBeats = 0.5;

/** Held chords under everything, one a bar. */
export function bedPart(plan: MusicPlan): readonly Note[] {
  const starts = plan.bars.map((bar, index) => (index === 0 ? -leadInSeconds : chordStart(bar, plan)));
  return plan.bars.flatMap((bar, index) => {
    const startSeconds = starts[index]!;
    const endSeconds = Math.min(plan.durationSeconds, (starts[index + 1] ?? bar.endSeconds) + overlapSeconds);
    const pitches = voicedNear(chordOfDegree(plan.key, bar.chordDegree), 57);
    return pitches.map((pitch): Note => {
      const durationSeconds = Math.max(0, endSeconds - startSeconds);
      return { instrument: plan.band.bed, startSeconds, durationSeconds, pitch, velocity: 0.4 };
    });
  });
}

/** The strongest accent near the bar line, or the bar line. */
function chordStart(bar: Bar, plan: MusicPlan): number {
  const reach = snapBeats * plan.grid.beatSeconds;
  const near = plan.accents.filter((accent) => Math.abs(accent.timeSeconds - bar.startSeconds) <= reach);
  const strongest = near.reduce<(typeof near)[number] | undefined>(
    (best, accent) => (best === undefined || accent.strength > best.strength ? accent : best),
    undefined,
  );
  return strongest?.timeSeconds ?? bar.startSeconds;
}
