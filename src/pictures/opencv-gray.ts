import type { Picture } from './picture.js';

/**
 * Writes the gray of each pixel as `COLOR_RGB2GRAY` of OpenCV 5.0 gives it: Rec. 601 in 15-bit fixed point, rounded (`modules/imgproc/src/color_rgb.simd.hpp`;
 * equal at all 2^24 colours). It differs from `writeLuma` by one grey level at one colour in four hundred.
 */
export function writeOpencvGray({ rgb }: Picture, gray: Uint8Array): void {
  for (let pixel = 0, at = 0; pixel < gray.length; pixel++, at += 3) {
    gray[pixel] = (9798 * rgb[at]! + 19235 * rgb[at + 1]! + 3735 * rgb[at + 2]! + 16384) >> 15;
  }
}
