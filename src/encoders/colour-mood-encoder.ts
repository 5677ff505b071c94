import type { FeatureMatrix, Features } from '../core/features.js';
import type { VideoFrames } from '../core/frames.js';
import { type Outcome, ok, skipped } from '../core/outcome.js';
import { colourArousal, colourMeans, colourPleasure } from '../pictures/colour-pleasure.js';
import { createCutFinder, cutReachSeconds, leastCutDistance, leastCutEvenness } from '../pictures/cut-finder.js';
import { meanAbsoluteDifference, writeLuma } from '../pictures/luma.js';
import { type PictureActivity, pictureArousal } from '../pictures/picture-arousal.js';
import type { VideoEncoder } from './encoder.js';

// The size of `motion`, so that one decoding serves both.
const widthPx = 160;
const heightPx = 90;

const summaries = {
  valence: 'time in seconds, 0.69 brightness + 0.22 saturation (0 to 0.91)',
  arousal: 'time in seconds, mean standard score of motion, pace of the shots and arousal of the colours',
};

/** A guess at the mood of the pictures over time, from rules and not from people: `valence` and `arousal`, both [frames, 2] with the time in front. */
export function createColourMoodEncoder(): VideoEncoder {
  return {
    id: 'colour-mood',
    version: 1,
    summary: 'Pleasantness of the colours and liveliness of the pictures over time, by rules',
    parameters: { widthPx, heightPx, cutReachSeconds, leastCutDistance, leastCutEvenness },
    outputs: Object.entries(summaries).map(([name, summary]) => ({ name, columns: 2, summary })),
    modality: 'video',
    async encode(frames, { signal } = {}): Promise<Outcome<Features>> {
      signal?.throwIfAborted();
      const { times, pleasure, activity } = await watch(frames, signal);
      if (times.length < 2) return skipped('the video has fewer than two frames, so nothing changes in it');
      return ok({ valence: curveOf(times, pleasure), arousal: curveOf(times, pictureArousal(activity)) });
    },
  };
}

interface Watched {
  readonly times: readonly number[];
  readonly pleasure: readonly number[];
  readonly activity: PictureActivity;
}

async function watch(frames: VideoFrames, signal?: AbortSignal): Promise<Watched> {
  const finder = createCutFinder(frames);
  const [times, pleasure, motion, colour]: number[][] = [[], [], [], []] as [number[], number[], number[], number[]];
  let previous = new Uint8Array(widthPx * heightPx);
  let current = new Uint8Array(widthPx * heightPx);
  for await (const frame of frames.stream({ widthPx, heightPx }, signal === undefined ? {} : { signal })) {
    signal?.throwIfAborted();
    finder.push(frame);
    writeLuma(frame, current);
    const means = colourMeans(frame);
    motion.push(times.length === 0 ? 0 : meanAbsoluteDifference(current, previous));
    times.push(frame.timeSeconds);
    pleasure.push(colourPleasure(means));
    colour.push(colourArousal(means));
    [previous, current] = [current, previous];
  }
  // The first frame has none before it and takes the value of the second, as in `motion`.
  if (motion.length > 1) motion[0] = motion[1]!;
  return { times, pleasure, activity: { motion, colour, cuts: finder.finish() } };
}

function curveOf(times: readonly number[], values: ArrayLike<number>): FeatureMatrix {
  const data = Float32Array.from(times.flatMap((time, frame) => [time, values[frame]!]));
  return { rows: times.length, columns: 2, data };
}
