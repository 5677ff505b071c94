import { blockHistograms, histogramDistance } from './block-histograms.js';
import type { Picture } from './picture.js';

/** How far to either side of a cut the pictures are looked at: longer than a flash takes to fade. */
export const cutReachSeconds = 0.5;
/** Pictures on each side that are held against those of the other. */
const picturesASide = 6;
/** The nearest two pictures across a cut differ at least this much (`histogramDistance`): ten levels of 255 where all pixels do. */
export const leastCutDistance = 0.04;
/** And by at least this part of what the farthest two differ by: what goes on changing is a fade or a movement. */
export const leastCutEvenness = 0.4;
const fewestASide = 2;
/** Steps in a row that are one cut: it has a mixed picture in it where frame rates were converted. More of them are a quick fade. */
const mostStepsOfACut = 2;

/** Finds hard cuts in pictures that come one after another. */
export interface CutFinder {
  push(picture: Picture): void;
  /** Numbers of the pictures that begin a shot, ascending; the first picture of all is none of them. Ends the work. */
  finish(): readonly number[];
}

/**
 * A cut is a step: all pictures of the half second before it differ from all pictures of the half second after it, and the near ones not
 * much less than the far ones. The pictures are held against each other by histograms of 4 x 4 blocks (after Nagasaka and Tanaka, "Automatic
 * video indexing and full-video search for object appearances", 1991, who leave out the blocks that differ most and look at neighbours only).
 * A flash is no step, since the pictures behind it are those before it; a fade is none, since the far pictures differ more, or it is many in a row.
 * Shots shorter than half a second can be missed. About a second of histograms is in memory.
 */
export function createCutFinder({ framesPerSecond }: { readonly framesPerSecond: number }): CutFinder {
  const reach = Math.max(fewestASide, Math.round(cutReachSeconds * framesPerSecond));
  const histograms: Float32Array[] = [];
  const steps: number[] = [];
  let [first, judged] = [0, 0];

  const judgeUpTo = (end: number): void => {
    for (; judged < end; judged++) {
      if (isStep(histograms, { place: judged - first, reach })) steps.push(judged);
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
      return runsOf(steps).flatMap((run) => (run.length <= mostStepsOfACut ? run.slice(0, 1) : []));
    },
  };
}

/** Stretches of numbers that follow each other. */
function runsOf(numbers: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const number of numbers) {
    if (runs.at(-1)?.at(-1) === number - 1) runs.at(-1)!.push(number);
    else runs.push([number]);
  }
  return runs;
}

/** Whether the pictures from `place` on are all unlike those before it. */
function isStep(
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
