/** Fixed for every figure, so that figures of different runs can be held against each other. */
export const intervalLevel = 0.95;
/** Resamples behind an interval. */
export const intervalResamples = 2000;
/** Resamples behind a p-value: more, since Holm multiplies the smallest possible one by the number of pairs. */
export const testResamples = 9999;
/** Below this adjusted p-value two systems count as different. */
export const significanceLevel = 0.05;
/** Random halves, derangements and rotations that a baseline averages over. */
export const baselineRepeats = 20;
/** Random pairings of a set: the range of 39 values holds the next one with a probability of 38 / 40 = 95 %. */
export const setShuffles = 39;
/** With fewer clips, intervals can cover less than 92 % (measured, docs/statistics.md). */
export const fewClips = 30;
/** With fewer clips, intervals of set metrics can cover less than 92 %, and with 3 their test errs in 7 % (measured there, too). */
export const fewClipsOfSets = 10;
/** Most values that a jackknife computes; with more clips they are left out in groups. */
export const mostDeletions = 100;
