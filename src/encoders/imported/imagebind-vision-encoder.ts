import type { Features } from '../../core/features.js';
import type { FramePick, RgbFrame, VideoFrames } from '../../core/frames.js';
import { type Outcome, skipped } from '../../core/outcome.js';
import type { ImportedModel } from '../../models/import/imported-model.js';
import { halfFpsFrames } from '../../pictures/half-fps-frames.js';
import {
  avBenchmarkFrameCrops,
  imagebindClips,
  imagebindFrameCrops,
  viewOf,
  viewSizePx,
} from '../../pictures/imagebind-views.js';
import type { Planes } from '../../pictures/picture.js';
import type { VideoEncoder } from '../encoder.js';
import type { EncoderSettings } from './encoder-settings.js';
import { describeNetwork, type LazyNetwork, lazyNetwork, type NetworkRun } from './network.js';

/** Behind the model's id in the name of the encoder that samples as av-benchmark does. */
export const halfFpsSuffix = '-half-fps';

const shape = [3, 2, viewSizePx, viewSizePx];

/** ImageBind's tower for pictures, opened once and used in two ways: as the official code samples a video, and as av-benchmark does. */
export function createImagebindVisionEncoders(
  model: ImportedModel,
  { compute }: EncoderSettings,
): readonly VideoEncoder[] {
  const network = lazyNetwork(model, compute);
  return [officialEncoder(model, network), halfFpsEncoder(model, network)];
}

/** 15 views: three crops of each of five clips of 2 s, its first and last frame. */
function officialEncoder(model: ImportedModel, network: LazyNetwork): VideoEncoder {
  return {
    ...describeNetwork(model, 'ImageBind vision embedding, one row for each of 15 views'),
    version: 1,
    parameters: { clips: 5, clipSeconds: 2, crops: 3 },
    modality: 'video',
    async encode(frames, { signal } = {}): Promise<Outcome<Features>> {
      const views = await viewsOf(frames, signal);
      if (views === undefined) return skipped('the video has no frames');
      return network.run(views, networkRun(signal));
    },
  };
}

/**
 * Three crops of each pair of neighbouring frames at 0.5 a second (av-benchmark at 050a5cd, `VideoDataset` and
 * `encode_video_with_imagebind`): clips overlap by a frame.
 */
function halfFpsEncoder(model: ImportedModel, network: LazyNetwork): VideoEncoder {
  const description = describeNetwork(
    model,
    'ImageBind vision embedding of pairs of frames at 0.5 a second, as av-benchmark',
  );
  return {
    ...description,
    id: description.id + halfFpsSuffix,
    version: 1,
    parameters: { framesPerSecond: 0.5, crops: 3 },
    modality: 'video',
    async encode(frames, { signal } = {}): Promise<Outcome<Features>> {
      const numbers = halfFpsFrames(frames);
      if (numbers.length < 2) return skipped('the video is shorter than 4 s, which two frames at 0.5 a second need');
      const outcome = await network.run(pairViews(frames, numbers, signal), networkRun(signal));
      const isEmpty = outcome.status === 'ok' && Object.values(outcome.value).every(({ rows }) => rows === 0);
      return isEmpty ? skipped('the video has fewer than two frames') : outcome;
    },
  };
}

function networkRun(signal: AbortSignal | undefined): NetworkRun {
  return { input: { name: 'pixels', shape }, batchSize: 1, signal };
}

/** The views of each picked frame with the one before; two frames' crops are in memory at a time. */
async function* pairViews(
  video: VideoFrames,
  numbers: readonly number[],
  signal?: AbortSignal,
): AsyncGenerator<Float32Array> {
  let before: readonly Planes[] | undefined;
  for await (const frame of framesOf(video, { pick: { numbers }, signal })) {
    const crops = avBenchmarkFrameCrops(frame);
    if (before !== undefined) for (const [place, crop] of crops.entries()) yield viewOf(before[place]!, crop);
    before = crops;
  }
}

/** Frames at the video's own size: at its own rate, or the picked ones. */
function framesOf(
  video: VideoFrames,
  { pick, signal }: { readonly pick?: FramePick; readonly signal: AbortSignal | undefined },
): AsyncIterable<RgbFrame> {
  const { widthPx, heightPx, framesPerSecond } = video;
  const request = { widthPx, heightPx, ...(pick === undefined ? { framesPerSecond } : { pick }) };
  return video.stream(request, signal === undefined ? {} : { signal });
}

/** Decodes the video once at its own size and keeps the crops of the frames that are needed; undefined without a frame. */
async function viewsOf(video: VideoFrames, signal?: AbortSignal): Promise<Float32Array[] | undefined> {
  const { durationSeconds, framesPerSecond } = video;
  const frameCount = Math.max(1, Math.round(durationSeconds * framesPerSecond));
  const clips = imagebindClips({ framesPerSecond, frameCount, durationSeconds });
  const wanted = new Set(clips.flatMap(({ firstFrame, lastFrame }) => [firstFrame, lastFrame]));
  const crops = new Map<number, readonly Planes[]>();
  let number = 0;
  let last: readonly Planes[] | undefined;
  for await (const frame of framesOf(video, { signal })) {
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
