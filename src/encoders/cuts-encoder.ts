import type { Features } from '../core/features.js';
import { type Outcome, ok, skipped } from '../core/outcome.js';
import { createCutFinder, cutReachSeconds, leastCutDistance, leastCutEvenness } from '../pictures/cut-finder.js';
import type { VideoEncoder } from './encoder.js';

// The size of `motion`, so that one decoding serves both.
const widthPx = 160;
const heightPx = 90;
const fewestFrames = 4;

/** Times at which a shot begins: [cuts, 2] of time in seconds and, in each row, the length of the video. No cuts: no rows. Fades are not found. */
export function createCutsEncoder(): VideoEncoder {
  return {
    id: 'cuts',
    version: 1,
    summary: "Times of hard cuts from colour histograms of 4 x 4 blocks, at 160 x 90 pixels and the video's own rate",
    parameters: { widthPx, heightPx, cutReachSeconds, leastCutDistance, leastCutEvenness },
    outputs: [{ name: 'cuts', columns: 2, summary: 'time in seconds, duration of the video in seconds' }],
    modality: 'video',
    async encode(frames, { signal } = {}): Promise<Outcome<Features>> {
      signal?.throwIfAborted();
      const finder = createCutFinder(frames);
      const times: number[] = [];
      for await (const frame of frames.stream({ widthPx, heightPx }, signal === undefined ? {} : { signal })) {
        signal?.throwIfAborted();
        finder.push(frame);
        times.push(frame.timeSeconds);
      }
      if (times.length < fewestFrames)
        return skipped(`a cut needs ${fewestFrames} frames, the video has ${times.length}`);
      const cuts = finder.finish();
      const data = Float32Array.from(cuts.flatMap((number) => [times[number]!, frames.durationSeconds]));
      return ok({ cuts: { rows: cuts.length, columns: 2, data } });
    },
  };
}
