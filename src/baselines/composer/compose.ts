import type { Piece } from '../../music/piece.js';
import { accentPart } from './accent-part.js';
import { bedPart } from './bed-part.js';
import type { MusicPlan } from './plan-music.js';
import { pulsePart } from './pulse-part.js';

/** Writes the notes of a plan: held chords, a stroke on every accent, and a pulse where there are none. */
export function compose(plan: MusicPlan): Piece {
  return {
    durationSeconds: plan.durationSeconds,
    notes: [...bedPart(plan), ...accentPart(plan), ...pulsePart(plan)],
    reverb: plan.reverb,
  };
}
