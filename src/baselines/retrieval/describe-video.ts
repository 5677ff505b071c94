import type { FeatureMatrix } from '../../core/features.js';
import type { VideoFrames } from '../../core/frames.js';
import { mapOutcome, type Outcome } from '../../core/outcome.js';
import type { MusicPool } from '../../generate/generator.js';

/** What two videos are compared by. */
export interface VideoDescription {
  /** Mean EfficientNet-Lite0 embedding over frames. */
  readonly look: Float64Array;
  /** Logarithms of mean and standard deviation of the frame difference (grey levels, plus 1). */
  readonly motionLevel: readonly [number, number];
  /** Mean frame difference in each of `gridCells` equal parts of the clip. */
  readonly motionShape: Float64Array;
  /** Cuts from the start to the end of each of `gridCells` equal parts. */
  readonly cutsSoFar: Float64Array;
}

/** Coarse on purpose: music of another clip can share the arc of a video, never its frames. */
export const gridCells = 16;

/** A frame difference that is this large (grey levels) and this many times the median of the clip counts as a cut. */
const cutRule = { greyLevels: 15, timesMedian: 4 };

/** Features of the pictures through the run's cache. A video too short for motion counts as still. */
export async function describeVideo(frames: VideoFrames, pool: MusicPool): Promise<Outcome<VideoDescription>> {
  const [look, motion] = await Promise.all([
    pool.features(frames, 'efficientnet-lite0'),
    pool.features(frames, 'motion'),
  ]);
  if (look.status !== 'ok') return look;
  if (motion.status === 'failed') return motion;
  const curve = motion.status === 'ok' ? columnOf(motion.value.curve, 1) : new Float64Array(0);
  return mapOutcome(look, (features) => ({ look: meanRow(features.embedding), ...describeMotion(curve) }));
}

/** Motion features of a frame-difference curve; an empty curve is a still picture. */
export function describeMotion(curve: Float64Array): Omit<VideoDescription, 'look'> {
  const mean = meanOf(curve);
  const deviation = Math.sqrt(meanOf(curve.map((value) => (value - mean) ** 2)));
  return {
    motionLevel: [Math.log(1 + mean), Math.log(1 + deviation)],
    motionShape: onGrid(curve),
    cutsSoFar: cutsSoFar(curve),
  };
}

function onGrid(curve: Float64Array): Float64Array {
  return Float64Array.from({ length: gridCells }, (_, cell) => {
    const first = Math.floor((cell * curve.length) / gridCells);
    const end = Math.max(first + 1, Math.floor(((cell + 1) * curve.length) / gridCells));
    return meanOf(curve.subarray(first, end));
  });
}

function cutsSoFar(curve: Float64Array): Float64Array {
  const median = [...curve].sort((a, b) => a - b)[Math.floor(curve.length / 2)] ?? 0;
  const threshold = Math.max(cutRule.greyLevels, cutRule.timesMedian * median);
  const counts = new Float64Array(gridCells);
  curve.forEach((value, frame) => {
    const isPeak = value > (curve[frame - 1] ?? value) && value >= (curve[frame + 1] ?? 0);
    if (isPeak && value >= threshold) counts[Math.floor((frame * gridCells) / curve.length)]!++;
  });
  for (let cell = 1; cell < gridCells; cell++) counts[cell]! += counts[cell - 1]!;
  return counts;
}

function meanRow(matrix: FeatureMatrix | undefined): Float64Array {
  const mean = new Float64Array(matrix?.columns ?? 0);
  matrix?.data.forEach((value, index) => {
    mean[index % mean.length]! += value / matrix.rows;
  });
  return mean;
}

function columnOf(matrix: FeatureMatrix | undefined, column: number): Float64Array {
  if (matrix === undefined) return new Float64Array(0);
  return Float64Array.from({ length: matrix.rows }, (_, row) => matrix.data[row * matrix.columns + column]!);
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}
