import type { Features } from '../../core/features.js';
import type { VideoFrames } from '../../core/frames.js';
import { type Outcome, skipped } from '../../core/outcome.js';
import type { ImportedModel } from '../../models/import/imported-model.js';
import { imagebindClips, imagebindFrameCrops, viewOf, viewSizePx } from '../../pictures/imagebind-views.js';
import type { Planes } from '../../pictures/picture.js';
import type { VideoEncoder } from '../encoder.js';
import { describeNetwork, lazyNetwork } from './network.js';

/** ImageBind's tower for pictures on 15 views: three crops of each of five clips of 2 s, its first and last frame. */
export function createImagebindVisionEncoder(model: ImportedModel): VideoEncoder {
  const network = lazyNetwork(model);
  return {
    ...describeNetwork(model, 'ImageBind vision embedding, one row for each of 15 views'),
    version: 1,
    parameters: { clips: 5, clipSeconds: 2, crops: 3 },
    modality: 'video',
    async encode(frames, { signal } = {}): Promise<Outcome<Features>> {
      const views = await viewsOf(frames, signal);
      if (views === undefined) return skipped('the video has no frames');
      const shape = [3, 2, viewSizePx, viewSizePx];
      return network.run(views, { input: { name: 'pixels', shape }, batchSize: 1, signal });
    },
  };
}

/** Decodes the video once at its own size and keeps the crops of the frames that are needed; undefined without a frame. */
async function viewsOf(video: VideoFrames, signal?: AbortSignal): Promise<Float32Array[] | undefined> {
  const { durationSeconds, framesPerSecond, widthPx, heightPx } = video;
  const frameCount = Math.max(1, Math.round(durationSeconds * framesPerSecond));
  const clips = imagebindClips({ framesPerSecond, frameCount, durationSeconds });
  const wanted = new Set(clips.flatMap(({ firstFrame, lastFrame }) => [firstFrame, lastFrame]));
  const crops = new Map<number, readonly Planes[]>();
  let number = 0;
  let last: readonly Planes[] | undefined;
  const request = { widthPx, heightPx, framesPerSecond };
  for await (const frame of video.stream(request, signal === undefined ? {} : { signal })) {
    if (wanted.has(number)) {
      last = imagebindFrameCrops(frame);
      crops.set(number, last);
    }
    number++;
  }
  if (last === undefined) return undefined;
  // A stream may end a frame early; its last wanted frame stands for what is missing.
  const cropsOf = (frame: number): readonly Planes[] => crops.get(frame) ?? last;
  return clips.flatMap(({ firstFrame, lastFrame }) => {
    const behind = cropsOf(lastFrame);
    return cropsOf(firstFrame).map((crop, index) => viewOf(crop, behind[index]!));
  });
}
