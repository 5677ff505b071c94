import { blockHistograms, histogramDistance } from './block-histograms.js';
import type { Picture } from './picture.js';

/** How far to either side of a cut the pictures are looked at: longer than a flash takes to fade. */
export const cutReachSeconds = 0.5;
/** Pictures on each side that are held against those of the other. */
const picturesASide = 6;
/** The nearest two pictures across a cut differ by at least this share of their colours. */
export const leastCutDistance = 0.1;
/** And by at least this part of what the farthest two differ by: what goes on changing is a fade or a movement. */
export const leastCutEvenness = 0.7;
const fewestASide = 2;

/** Finds hard cuts in pictures that come one after another. */
export interface CutFinder {
  push(picture: Picture): void;
  /** Numbers of the pictures that begin a shot, ascending; the first picture of all is none of them. Ends the work. */
  finish(): readonly number[];
}

/**
 * A cut is a step: all pictures of the half second before it differ from all pictures of the half second after it, and the near ones about
 * as much as the far ones. The pictures are held against each other by histograms of 4 x 4 blocks (after Nagasaka and Tanaka, "Automatic
 * video indexing and full-video search for object appearances", 1991, who leave out the blocks that differ most and look at neighbours only).
 * A flash is no step, since the pictures behind it are those before it; a fade is none, since the far pictures differ more. Shots
 * shorter than half a second can be missed. About a second of histograms is in memory.
 */
export function createCutFinder({ framesPerSecond }: { readonly framesPerSecond: number }): CutFinder {
  const reach = Math.max(fewestASide, Math.round(cutReachSeconds * framesPerSecond));
  const histograms: Float32Array[] = [];
  const cuts: number[] = [];
  let [first, judged] = [0, 0];

  const judgeUpTo = (end: number): void => {
    for (; judged < end; judged++) {
      if (isCut(histograms, { place: judged - first, reach })) cuts.push(judged);
    }
    while (first < judged - reach) {
      histograms.shift();
      first++;
    }
  };

  return {
    push(picture) {
      histograms.push(blockHistograms(picture));
      judgeUpTo(first + histograms.length - reach);
    },
    finish() {
      judgeUpTo(first + histograms.length);
      return cuts;
    },
  };
}

/** Whether the step into the picture at `place` is a cut. */
function isCut(
  histograms: readonly Float32Array[],
  { place, reach }: { readonly place: number; readonly reach: number },
): boolean {
  const before = spread(Math.min(reach, place)).map((steps) => histograms[place - 1 - steps]!);
  const after = spread(Math.min(reach, histograms.length - place)).map((steps) => histograms[place + steps]!);
  if (Math.min(before.length, after.length) < fewestASide) return false;
  let [nearest, farthest] = [Number.POSITIVE_INFINITY, 0];
  for (const a of before) {
    for (const b of after) {
      const distance = histogramDistance(a, b);
      // What is too like across the step, or already too uneven, is no cut whatever follows.
      nearest = Math.min(nearest, distance);
      farthest = Math.max(farthest, distance);
      if (nearest < leastCutDistance || nearest < leastCutEvenness * farthest) return false;
    }
  }
  return true;
}

/** At most six whole numbers from 0 to `count - 1`, evenly spread, both ends among them. */
function spread(count: number): number[] {
  const taken = Math.min(count, picturesASide);
  return Array.from({ length: taken }, (_, index) =>
    taken === 1 ? 0 : Math.round((index * (count - 1)) / (taken - 1)),
  );
}
