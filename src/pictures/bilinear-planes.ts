import type { Planes } from './picture.js';

/**
 * Bilinear resize without antialiasing: `F.interpolate(mode='bilinear', align_corners=False)`, positions in float32 as there. Good for
 * what was computed with it; for pictures that shrink it leaves out most of their pixels.
 */
export function resizedBilinear(planes: Planes, size: { readonly widthPx: number; readonly heightPx: number }): Planes {
  const [columns, rows] = [taps(planes.widthPx, size.widthPx), taps(planes.heightPx, size.heightPx)];
  const data = new Float32Array(3 * size.widthPx * size.heightPx);
  let place = 0;
  for (let channel = 0; channel < 3; channel++) {
    const plane = planes.data.subarray(channel * planes.widthPx * planes.heightPx);
    for (const row of rows) {
      const [upper, lower] = [row.first * planes.widthPx, row.second * planes.widthPx];
      for (const { first, second, weight } of columns) {
        const top = (1 - weight) * plane[upper + first]! + weight * plane[upper + second]!;
        const bottom = (1 - weight) * plane[lower + first]! + weight * plane[lower + second]!;
        data[place++] = (1 - row.weight) * top + row.weight * bottom;
      }
    }
  }
  return { ...size, data };
}

/** For each new place the two old ones, and how much the second counts. */
function taps(
  from: number,
  to: number,
): { readonly first: number; readonly second: number; readonly weight: number }[] {
  const scale = Math.fround(from / to);
  return Array.from({ length: to }, (_, place) => {
    const position = Math.max(0, Math.fround(Math.fround(scale * Math.fround(place + 0.5)) - 0.5));
    const first = Math.min(from - 1, Math.floor(position));
    return { first, second: Math.min(from - 1, first + 1), weight: Math.fround(position - first) };
  });
}
