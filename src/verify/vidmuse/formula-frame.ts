import type { Picture } from '../../pictures/picture.js';

/** Frame `t` of the golden values' video, at any size; without a number a black one. All numbers are whole. */
export function formulaFrame(
  t: number | undefined,
  { widthPx, heightPx, k }: { readonly widthPx: number; readonly heightPx: number; readonly k: number },
): Picture {
  const rgb = new Uint8Array(3 * widthPx * heightPx);
  if (t === undefined) return { widthPx, heightPx, rgb };
  let place = 0;
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const tile = Math.floor((x + 3 * t) / 28) * (37 + 2 * k) + Math.floor((y + 5 * t) / 32) * 59;
      const texture = ((x >> 3) * (y >> 4) + t * t * 13) | 0;
      for (let channel = 0; channel < 3; channel++) {
        const coarse = (tile + channel * 41 + t * 17) % 256;
        const fine = ((x * (3 + (t % 5)) + y * (7 - (t % 3)) * (channel + 1)) ^ texture) % 64;
        rgb[place++] = Math.floor((coarse * 3) / 4) + fine;
      }
    }
  }
  return { widthPx, heightPx, rgb };
}
