import type { BeatPair } from './beat-times.js';

/**
 * The most pairs of a reference and an estimated event at most `windowSeconds` apart in which each event is used once.
 * Both lists ascend: the windows of later estimates neither begin nor end earlier, so giving each the first free
 * reference event in its window is a largest matching (mir_eval's `util.match_events` finds one by Hopcroft and Karp).
 */
export function countMatches({ reference, estimated }: BeatPair, windowSeconds: number): number {
  let matches = 0;
  let next = 0;
  for (const estimate of estimated) {
    while (next < reference.length && reference[next]! < estimate - windowSeconds) next++;
    if (next === reference.length) break;
    if (reference[next]! > estimate + windowSeconds) continue;
    matches++;
    next++;
  }
  return matches;
}
