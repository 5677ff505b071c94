import { resizedBytes } from './bicubic-bytes.js';
import { planesOf } from './clip-normalise.js';
import { roundHalfToEven, shortSideSize, torchvisionLength, viewSizePx } from './imagebind-views.js';
import { cropped, type Picture, type Planes } from './picture.js';

/** Pictures a second, of a segment, and from the beginning of one segment to that of the next: 0.64 s and half of it, as of the sound. */
export const synchformerPictures = { framesPerSecond: 25, segmentFrames: 16, stepFrames: 8 } as const;

/**
 * A picture as Synchformer takes it, [3, 224, 224]: bytes resized by PyTorch's antialiased bicubic to a short side of 224, the middle, from
 * -1 to 1 (av-benchmark 050a5cd, av_bench/data/video_dataset.py, `sync_transform`).
 */
export function synchformerImage(picture: Picture): Planes {
  const { widthPx, heightPx } = shortSideSize(picture, torchvisionLength);
  const planes = planesOf(resizedBytes(picture, { widthPx, heightPx, weights: 'torch' }));
  const place = {
    leftPx: roundHalfToEven((widthPx - viewSizePx) / 2),
    topPx: roundHalfToEven((heightPx - viewSizePx) / 2),
  };
  const view = cropped(planes, viewSizePx, place);
  return { ...view, data: view.data.map((value) => (value - 0.5) / 0.5) };
}
