/**
 * Moves each event back to the last place at or before it where the curve stops falling, or to frame 0: where a sound
 * begins rather than where it rises most (the rule of `librosa.onset.onset_backtrack` 0.11). `frames` ascending; the
 * result has the same length.
 */
export function backtrackOnsets(frames: readonly number[], curve: ArrayLike<number>): number[] {
  const starts = [0];
  for (let frame = 1; frame + 1 < curve.length; frame++) {
    if (curve[frame]! <= curve[frame - 1]! && curve[frame]! < curve[frame + 1]!) starts.push(frame);
  }
  let next = 0;
  return frames.map((frame) => {
    while (next + 1 < starts.length && starts[next + 1]! <= frame) next++;
    return starts[next]!;
  });
}
