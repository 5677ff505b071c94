/** Place of the beat nearest to `time`, the earlier of two at the same distance. RangeError for no beats. */
export function nearestIndex(beats: readonly number[], time: number): number {
  if (beats.length === 0) throw new RangeError('the nearest of no beats');
  let nearest = 0;
  for (let index = 1; index < beats.length; index++) {
    if (Math.abs(time - beats[index]!) < Math.abs(time - beats[nearest]!)) nearest = index;
  }
  return nearest;
}
