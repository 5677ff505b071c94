import type { VideoProfile } from './video-profile.js';

/** A moment of the picture that the music should mark. */
export interface Accent {
  readonly timeSeconds: number;
  /** 0 to 1, relative to the video's largest change. */
  readonly strength: number;
  readonly isCut: boolean;
}

/** Changes below this share of the largest are not worth a note. */
const smallestShare = 0.1;

/** Below this mean luma change (half a grey level) a "peak" is coding noise of a still picture. */
const noiseFloor = 0.002;

/** Closer notes are heard as one roll and cost more than they mark; the strongest of a group stays. */
const shortestGapSeconds = 0.1;

/** A cut replaces the picture: many pixels change their colour bin, by much, and by far more than around it. */
const cutRule = { histogramChange: 0.3, colourDifference: 0.05, timesNeighbourhood: 3, neighbourhoodSeconds: 0.5 };

/** A cut between equally bright shots moves no luma, but is seen as clearly as any. */
const weakestCut = 0.5;

/** Cuts and the local peaks of the frame-difference curve, in order of time. */
export function findAccents(profile: VideoProfile): readonly Accent[] {
  const largest = maximum(profile.difference);
  const threshold = Math.max(smallestShare * largest, noiseFloor);
  const accents: Accent[] = [];
  for (let frame = 1; frame < profile.difference.length; frame++) {
    const timeSeconds = profile.timeSeconds[frame]!;
    const change = profile.difference[frame]!;
    const share = largest > 0 ? change / largest : 0;
    if (isCut(profile, frame)) accents.push({ timeSeconds, strength: Math.max(weakestCut, share), isCut: true });
    else if (isPeak(profile.difference, frame) && change >= threshold) {
      accents.push({ timeSeconds, strength: share, isCut: false });
    }
  }
  return thinned(accents);
}

/** Above the frame before and not below the frame after: of a flash, which changes the picture twice, its beginning. */
function isPeak(curve: Float64Array, index: number): boolean {
  return curve[index]! > curve[index - 1]! && curve[index]! >= (curve[index + 1] ?? 0);
}

function isCut({ colourDifference, histogramChange, framesPerSecond }: VideoProfile, frame: number): boolean {
  const change = colourDifference[frame]!;
  if (histogramChange[frame]! < cutRule.histogramChange || change < cutRule.colourDifference) return false;
  if (!isPeak(colourDifference, frame)) return false;
  const reach = Math.max(1, Math.round(cutRule.neighbourhoodSeconds * framesPerSecond));
  const around = colourDifference.slice(Math.max(0, frame - reach), frame + reach + 1).sort();
  return change > cutRule.timesNeighbourhood * around[Math.floor(around.length / 2)]!;
}

/** Drops the weaker of two accents that are too close, strongest first; cuts outrank motion. */
function thinned(accents: readonly Accent[]): readonly Accent[] {
  const rank = (accent: Accent): number => accent.strength + (accent.isCut ? 1 : 0);
  const byRank = accents.map((accent, index) => ({ accent, index }));
  byRank.sort((a, b) => rank(b.accent) - rank(a.accent) || a.index - b.index);
  const state = new Uint8Array(accents.length);
  for (const { accent, index } of byRank) {
    if (!hasKeptNeighbour(accents, { accent, index, state })) state[index] = 1;
  }
  return accents.filter((_, index) => state[index] === 1);
}

function hasKeptNeighbour(
  accents: readonly Accent[],
  { accent, index, state }: { accent: Accent; index: number; state: Uint8Array },
): boolean {
  const near = (other: number): boolean =>
    other >= 0 &&
    other < accents.length &&
    Math.abs(accents[other]!.timeSeconds - accent.timeSeconds) < shortestGapSeconds;
  for (let left = index - 1; near(left); left--) if (state[left] === 1) return true;
  for (let right = index + 1; near(right); right++) if (state[right] === 1) return true;
  return false;
}

function maximum(values: Float64Array): number {
  let largest = 0;
  for (const value of values) if (value > largest) largest = value;
  return largest;
}
