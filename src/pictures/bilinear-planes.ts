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
    for (let row = 0; row < size.heightPx; row++) {
      const [upper, lower] = [rows.first[row]! * planes.widthPx, rows.second[row]! * planes.widthPx];
      const down = rows.weight[row]!;
      for (let column = 0; column < size.widthPx; column++) {
        const [first, second, weight] = [columns.first[column]!, columns.second[column]!, columns.weight[column]!];
        const top = (1 - weight) * plane[upper + first]! + weight * plane[upper + second]!;
        const bottom = (1 - weight) * plane[lower + first]! + weight * plane[lower + second]!;
        data[place++] = (1 - down) * top + down * bottom;
      }
    }
  }
  return { ...size, data };
}

interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly weight: Float32Array;
}

/** For each new place the two old ones, and how much the second counts. */
function taps(from: number, to: number): Taps {
  const scale = Math.fround(from / to);
  const result = { first: new Int32Array(to), second: new Int32Array(to), weight: new Float32Array(to) };
  for (let place = 0; place < to; place++) {
    const position = Math.max(0, Math.fround(Math.fround(scale * Math.fround(place + 0.5)) - 0.5));
    const first = Math.min(from - 1, Math.floor(position));
    result.first[place] = first;
    result.second[place] = Math.min(from - 1, first + 1);
    result.weight[place] = position - first;
  }
  return result;
}
