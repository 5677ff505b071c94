import { seededRng, shuffle } from '../core/rng.js';
import { mostDeletions } from './settings.js';

/**
 * Which clips (by index) a jackknife leaves out together: each alone, or above 100 clips random groups whose sizes differ by one at most, so
 * that the work stays bounded (delete-a-group jackknife; Shao & Tu 1995, ch. 2.3). Depends on the number of clips alone: two systems on
 * the same clips have the same groups.
 */
export function deletionGroups(clipCount: number): number[][] {
  const all = [...Array(clipCount).keys()];
  const size = Math.ceil(clipCount / mostDeletions);
  if (size <= 1) return all.map((clip) => [clip]);
  const groups: number[][] = Array.from({ length: Math.ceil(clipCount / size) }, () => []);
  shuffle(all, seededRng('deletion-groups', clipCount)).forEach((clip, position) => {
    (groups[position % groups.length] as number[]).push(clip);
  });
  return groups;
}
