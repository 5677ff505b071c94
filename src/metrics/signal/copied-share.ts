import type { FeatureMatrix } from '../../core/features.js';
import { createLandmarkIndex } from '../../dsp/landmark-match.js';
import { landmarksOfMatrix } from '../../dsp/landmark-matrix.js';

/** How many clips go into one index: some hundred megabytes of landmarks. */
const clipsAtOnce = 256;

/** For each sound of a clip: whether it shares a passage with any sound of another clip. */
type Copied = readonly boolean[];

/** Leaving one clip out asks for the same pairs again: what two features have in common is worked out once. It lives as long as they do. */
const known = new WeakMap<FeatureMatrix, WeakMap<FeatureMatrix, Copied>>();

export interface Copies {
  readonly copied: number;
  /** Sounds in all: a clip has one for each seed. */
  readonly sounds: number;
}

/** How many sounds of `clips` share a passage with a sound of `others`, as far as `isOther` lets the two be compared. Needs at least one of `others`. */
export function countCopies(
  clips: readonly FeatureMatrix[],
  others: readonly FeatureMatrix[],
  isOther: (clip: number, other: number) => boolean = () => true,
): Copies {
  for (let start = 0; start < others.length; start += clipsAtOnce)
    compareAll(clips, others.slice(start, start + clipsAtOnce));
  let copied = 0;
  let sounds = 0;
  clips.forEach((clip, index) => {
    const ofClip = others.map((other) => known.get(clip)!.get(other)!);
    const comparable = ofClip.filter((_, other) => isOther(index, other));
    const count = ofClip[0]!.length;
    sounds += count;
    for (let sound = 0; sound < count; sound++) if (comparable.some((pair) => pair[sound])) copied += 1;
  });
  return { copied, sounds };
}

function compareAll(clips: readonly FeatureMatrix[], others: readonly FeatureMatrix[]): void {
  const unknown = clips.filter((clip) => others.some((other) => known.get(clip)?.has(other) !== true));
  if (unknown.length === 0) return;
  const sounds = others.flatMap((other, clip) =>
    landmarksOfMatrix(other).map((landmarks, sound) => [`${clip} ${sound}`, landmarks] as const),
  );
  const index = createLandmarkIndex(new Map(sounds));
  for (const clip of unknown) {
    const found = landmarksOfMatrix(clip).map(
      (landmarks) => new Set(index.search(landmarks).map(({ id }) => Number(id.split(' ')[0]))),
    );
    const ofClip = known.get(clip) ?? new WeakMap<FeatureMatrix, Copied>();
    others.forEach((other, number) => {
      ofClip.set(
        other,
        found.map((numbers) => numbers.has(number)),
      );
    });
    known.set(clip, ofClip);
  }
}
