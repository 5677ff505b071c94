import { type Landmarks, landmarkFrameSeconds } from './landmarks.js';

/** A sound that comes again after less is one event: its echo, a roll, a held tone. */
const leastShiftSeconds = 1;

export interface SelfRepetition {
  /** Landmarks that come again after one and the same time, as a share of all, 0 to 1. */
  readonly share: number;
  /** That time. */
  readonly shiftSeconds: number;
}

/**
 * How much of a sound comes again: of all times of at least one second, the one after which most landmarks stand again. An exact loop of p
 * seconds in d seconds gives up to 1 - p / d, a passage that is played twice up to its length by d; noise over the repeats takes some of it away.
 * Undefined without landmarks.
 */
export function selfRepetition({ keys, frames }: Landmarks): SelfRepetition | undefined {
  if (keys.length === 0) return undefined;
  const counts = countShifts({ keys, frames });
  const leastShift = Math.ceil(leastShiftSeconds / landmarkFrameSeconds);
  let best = leastShift;
  // A time that is no whole number of frames falls on two.
  const around = (shift: number): number => (counts[shift] ?? 0) + (counts[shift + 1] ?? 0);
  for (let shift = leastShift; shift < counts.length; shift++) if (around(shift) > around(best)) best = shift;
  const shift = (counts[best + 1] ?? 0) > (counts[best] ?? 0) ? best + 1 : best;
  return { share: shareAt(best, { keys, frames }), shiftSeconds: shift * landmarkFrameSeconds };
}

type Pairs = Pick<Landmarks, 'keys' | 'frames'>;

/** How many landmarks have one of the same key so many frames later. */
function countShifts({ keys, frames }: Pairs): Uint32Array {
  const counts = new Uint32Array(1 + frames.reduce((most, frame) => Math.max(most, frame), 0));
  const earlier = new Map<number, number[]>();
  keys.forEach((key, at) => {
    const frame = frames[at]!;
    const others = earlier.get(key);
    if (others === undefined) {
      earlier.set(key, [frame]);
      return;
    }
    for (const other of others) counts[frame - other]! += 1;
    others.push(frame);
  });
  return counts;
}

function shareAt(shift: number, { keys, frames }: Pairs): number {
  const places = new Set<number>();
  const placeOf = (key: number, frame: number): number => frame * 2 ** 22 + key;
  keys.forEach((key, at) => {
    places.add(placeOf(key, frames[at]!));
  });
  const repeated = keys.reduce((count, key, at) => {
    const frame = frames[at]! + shift;
    return places.has(placeOf(key, frame)) || places.has(placeOf(key, frame + 1)) ? count + 1 : count;
  }, 0);
  return repeated / keys.length;
}
