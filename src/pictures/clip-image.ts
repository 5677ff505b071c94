import { resizedBytes } from './bicubic-bytes.js';
import { clipNormalised, planesOf } from './clip-normalise.js';
import { shortSideSize, torchvisionLength, viewSizePx } from './imagebind-views.js';
import { cropped, type Picture, type Planes } from './picture.js';

/**
 * A picture as CLIP takes it, [3, 224, 224]: Pillow's bicubic, short side 224, the middle, normalised (transformers 4.46.3,
 * image_processing_clip.py; the long side is cut to a whole pixel and the crop begins at the floor of half the rest).
 */
export function clipImage(picture: Picture): Planes {
  const { widthPx, heightPx } = shortSideSize(picture, torchvisionLength);
  const planes = planesOf(resizedBytes(picture, { widthPx, heightPx, weights: 'pillow' }));
  const place = { leftPx: Math.floor((widthPx - viewSizePx) / 2), topPx: Math.floor((heightPx - viewSizePx) / 2) };
  return clipNormalised(cropped(planes, viewSizePx, place));
}
