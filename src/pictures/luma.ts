import type { Picture } from './picture.js';

/** Writes the Rec. 601 luma of each pixel, rounded to 8 bits; 14-bit fixed-point coefficients, so that every machine rounds alike. */
export function writeLuma({ rgb }: Picture, luma: Uint8Array): void {
  for (let pixel = 0; pixel < luma.length; pixel++) {
    luma[pixel] = (4899 * rgb[3 * pixel]! + 9617 * rgb[3 * pixel + 1]! + 1868 * rgb[3 * pixel + 2]! + 8192) >> 14;
  }
}

/** How much two pictures of equal size differ, 0 to 255. */
export function meanAbsoluteDifference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let pixel = 0; pixel < a.length; pixel++) sum += Math.abs(a[pixel]! - b[pixel]!);
  return sum / a.length;
}
