const framesPerSecond = 0.5;

/**
 * Numbers of the frames that stand for a video at 0.5 a second in av-benchmark (050a5cd, `VideoDataset`): floor(seconds / 2) of them,
 * and of each slot the last frame that ffmpeg's `fps` filter rounds into it, so the first one is just before 1 s (24 of a video at 25
 * frames a second). A frame serves twice nowhere: slots without a frame of their own are left out.
 */
export function halfFpsFrames(video: {
  readonly framesPerSecond: number;
  readonly frameCount: number;
  readonly durationSeconds: number;
}): readonly number[] {
  const slots = Math.floor(video.durationSeconds * framesPerSecond);
  // Slot k ends before the time (k + 0.5) / 0.5; the margin keeps a time that is exact but for rounding out of it.
  const lastOf = (slot: number): number =>
    Math.ceil(((slot + 0.5) / framesPerSecond) * video.framesPerSecond - 1e-6) - 1;
  const numbers = Array.from({ length: slots }, (_, slot) => Math.max(0, Math.min(video.frameCount - 1, lastOf(slot))));
  return numbers.filter((number, slot) => slot === 0 || number > numbers[slot - 1]!);
}
