import { resizedBytes } from './bicubic-bytes.js';
import { resizedBilinear } from './bilinear-planes.js';
import { clipNormalised, planesOf } from './clip-normalise.js';
import { type CropPlace, cropped, type Picture, type Planes } from './picture.js';

/** Side of what the network sees. */
export const viewSizePx = 224;
const clipSeconds = 2;
const clipCount = 5;

/** The two frames of each of five clips of 2 s over a video. */
export interface ImagebindClip {
  readonly firstFrame: number;
  readonly lastFrame: number;
}

/**
 * Which frames stand for a video: clips at equal steps, of each its first and last frame (imagebind/data.py; pytorchvideo f3142bb,
 * `ConstantClipsPerVideoSampler`, decord's `get_clip` and `uniform_temporal_subsample`). A video shorter than a clip gives the same one five
 * times.
 */
export function imagebindClips(video: {
  readonly framesPerSecond: number;
  readonly frameCount: number;
  readonly durationSeconds: number;
}): readonly ImagebindClip[] {
  const { framesPerSecond, frameCount, durationSeconds } = video;
  const lastStart = Math.max(0, durationSeconds - clipSeconds);
  return Array.from({ length: clipCount }, (_, clip) => {
    const start = (lastStart * clip) / (clipCount - 1);
    const firstFrame = Math.min(frameCount - 1, Math.ceil(start * framesPerSecond));
    const end = Math.min(frameCount, Math.ceil((start + clipSeconds) * framesPerSecond));
    return { firstFrame, lastFrame: Math.max(firstFrame, end - 1) };
  });
}

/** The three crops (left or upper, middle, right or lower) of a frame of a video, normalised: bilinear, short side 224. */
export function imagebindFrameCrops(frame: Picture): readonly Planes[] {
  const size = shortSideSize(frame, (long, short) => Math.floor((long / short) * viewSizePx));
  const planes = clipNormalised(resizedBilinear(planesOf(frame), size));
  return threeCrops(size).map((place) => cropped(planes, viewSizePx, place));
}

/** The same crops as av-benchmark makes them: antialiased bicubic on bytes (av_bench/extract.py at 050a5cd). */
export function avBenchmarkFrameCrops(frame: Picture): readonly Planes[] {
  const size = shortSideSize(frame, torchvisionLength);
  const planes = clipNormalised(planesOf(resizedBytes(frame, { ...size, weights: 'torch' })));
  return threeCrops(size).map((place) => cropped(planes, viewSizePx, place));
}

/** A still picture: Pillow's bicubic, short side 224, the middle, normalised (imagebind/data.py, `load_and_transform_vision_data`). */
export function imagebindImage(picture: Picture): Planes {
  const size = shortSideSize(picture, torchvisionLength);
  const planes = planesOf(resizedBytes(picture, { ...size, weights: 'pillow' }));
  const offset = (length: number): number => roundHalfToEven((length - viewSizePx) / 2);
  const place = { leftPx: offset(size.widthPx), topPx: offset(size.heightPx) };
  return clipNormalised(cropped(planes, viewSizePx, place));
}

/** One view of two frames, [3, 2, 224, 224]. */
export function viewOf(first: Planes, last: Planes): Float32Array {
  const pixels = viewSizePx * viewSizePx;
  const view = new Float32Array(6 * pixels);
  for (let channel = 0; channel < 3; channel++) {
    const of = ({ data }: Planes): Float32Array => data.subarray(channel * pixels, (channel + 1) * pixels);
    view.set(of(first), 2 * channel * pixels);
    view.set(of(last), (2 * channel + 1) * pixels);
  }
  return view;
}

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The size with a short side of 224; `longLength` gives the other from the old lengths. */
export function shortSideSize({ widthPx, heightPx }: Size, longLength: (long: number, short: number) => number): Size {
  if (widthPx < heightPx) return { widthPx: viewSizePx, heightPx: longLength(heightPx, widthPx) };
  return { widthPx: longLength(widthPx, heightPx), heightPx: viewSizePx };
}

/** The long side in torchvision and transformers; pytorchvideo divides first, which can come out one lower. */
export function torchvisionLength(long: number, short: number): number {
  return Math.trunc((viewSizePx * long) / short);
}

/** `uniform_crop` of imagebind/data.py for the three places. */
function threeCrops({ widthPx, heightPx }: Size): readonly CropPlace[] {
  const middle = { leftPx: Math.ceil((widthPx - viewSizePx) / 2), topPx: Math.ceil((heightPx - viewSizePx) / 2) };
  if (heightPx > widthPx) return [{ ...middle, topPx: 0 }, middle, { ...middle, topPx: heightPx - viewSizePx }];
  return [{ ...middle, leftPx: 0 }, middle, { ...middle, leftPx: widthPx - viewSizePx }];
}

/** Python's round. */
export function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
