import { type Landmarks, landmarkFrameSeconds } from './landmarks.js';

/** Two sounds that share a passage. */
export interface LandmarkMatch {
  /** Landmarks that both have at one and the same shift. */
  readonly shared: number;
  /** Of the sound with fewer landmarks in the passage that both cover, the part that is shared, 0 to 1. */
  readonly share: number;
  /** Time in the sound of the index minus time in the one that is searched for. */
  readonly offsetSeconds: number;
  /** From the first to the last shared landmark. */
  readonly lengthSeconds: number;
}

/** Fewer landmarks agree by chance between pieces of one style; both limits are tested on the demo's music. */
export const leastShared = 20;
export const leastShare = 0.05;

/** Landmarks of many sounds by key, for searching with many others. */
export interface LandmarkIndex {
  /** Every sound of the index that shares enough with the given one, in the order of the index. */
  search(query: Landmarks): { readonly id: string; readonly match: LandmarkMatch }[];
}

const frameRange = 2 ** 16;
const soundRange = 2 ** 15;
/** Shifts as positive numbers. */
const shiftOffset = frameRange;
const shiftRange = 2 * frameRange;

/** At most 32768 sounds; landmarks beyond the first 35 minutes of a sound are passed over. */
export function createLandmarkIndex(sounds: ReadonlyMap<string, Landmarks>): LandmarkIndex {
  if (sounds.size > soundRange) throw new RangeError(`an index holds ${soundRange} sounds, got ${sounds.size}`);
  const ids = [...sounds.keys()];
  const entries = sortedEntries([...sounds.values()]);
  return {
    search: (query) => {
      const shifts = new Map<number, BestShift>();
      for (const found of countShifts(query, entries)) keepBest(shifts, found);
      return [...shifts]
        .filter(([, { count }]) => count >= leastShared)
        .sort(([a], [b]) => a - b)
        .flatMap(([sound, { shift }]) => {
          const id = ids[sound]!;
          const match = matchAt(shift, query, { sound, other: sounds.get(id)!, entries });
          return match === undefined ? [] : [{ id, match }];
        });
    },
  };
}

/** Key, sound and frame in one number of 53 bits: sorted, those of one key lie side by side. */
function sortedEntries(sounds: readonly Landmarks[]): Float64Array {
  const total = sounds.reduce((count, { keys }) => count + keys.length, 0);
  const entries = new Float64Array(total);
  let filled = 0;
  for (const [sound, { keys, frames }] of sounds.entries()) {
    for (const [at, key] of keys.entries()) {
      const frame = frames[at]!;
      if (frame < frameRange) entries[filled++] = entryOf(key, sound, frame);
    }
  }
  return entries.subarray(0, filled).sort();
}

function entryOf(key: number, sound: number, frame: number): number {
  return (key * soundRange + sound) * frameRange + frame;
}

interface ShiftCount {
  readonly sound: number;
  readonly shift: number;
  readonly count: number;
}

/** How many landmarks agree at each shift against each sound, sound by sound, shifts rising. */
function* countShifts({ keys, frames }: Landmarks, entries: Float64Array): Generator<ShiftCount> {
  const hits: number[] = [];
  for (const [at, key] of keys.entries()) {
    const end = entryOf(key + 1, 0, 0);
    for (let place = firstNotBelow(entries, entryOf(key, 0, 0)); place < entries.length; place++) {
      const entry = entries[place]!;
      if (entry >= end) break;
      const sound = Math.floor(entry / frameRange) % soundRange;
      hits.push(sound * shiftRange + (entry % frameRange) - frames[at]! + shiftOffset);
    }
  }
  const sorted = Float64Array.from(hits).sort();
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    const value = sorted[start]!;
    while (end < sorted.length && sorted[end] === value) end += 1;
    yield { sound: Math.floor(value / shiftRange), shift: (value % shiftRange) - shiftOffset, count: end - start };
  }
}

interface BestShift {
  /** Landmarks at this shift and the next: one that is no whole number of frames falls on two. */
  readonly shift: number;
  readonly count: number;
  readonly last: ShiftCount;
}

function keepBest(shifts: Map<number, BestShift>, found: ShiftCount): void {
  const before = shifts.get(found.sound);
  const isNext = before !== undefined && before.last.shift === found.shift - 1;
  const count = found.count + (isNext ? before.last.count : 0);
  const isBetter = before === undefined || count > before.count;
  const best = isBetter ? { shift: isNext ? found.shift - 1 : found.shift, count } : before;
  shifts.set(found.sound, { shift: best.shift, count: best.count, last: found });
}

function matchAt(
  shift: number,
  query: Landmarks,
  against: { readonly sound: number; readonly other: Landmarks; readonly entries: Float64Array },
): LandmarkMatch | undefined {
  const { sound, other, entries } = against;
  const isShared = (at: number): boolean =>
    [shift, shift + 1].some((by) => {
      const frame = query.frames[at]! + by;
      if (frame < 0 || frame >= frameRange) return false;
      const entry = entryOf(query.keys[at]!, sound, frame);
      return entries[firstNotBelow(entries, entry)] === entry;
    });
  const times = [...query.frames.keys()].filter(isShared).map((at) => query.frames[at]!);
  const share = times.length / Math.max(1, Math.min(inCommon(query, other, shift), inCommon(other, query, -shift)));
  if (times.length < leastShared || share < leastShare) return undefined;
  return {
    shared: times.length,
    share: Math.min(1, share),
    offsetSeconds: shift * landmarkFrameSeconds,
    // Landmarks are in order of time.
    lengthSeconds: (times.at(-1)! - times[0]!) * landmarkFrameSeconds,
  };
}

/** Landmarks of one sound while the other sounds too. */
function inCommon(sound: Landmarks, other: Landmarks, shift: number): number {
  const end = other.durationSeconds / landmarkFrameSeconds;
  return sound.frames.reduce((count, frame) => (frame + shift >= 0 && frame + shift < end ? count + 1 : count), 0);
}

function firstNotBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
