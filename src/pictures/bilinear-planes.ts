import type { Picture, Planes } from './picture.js';

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * Bilinear resize without antialiasing: `F.interpolate(mode='bilinear', align_corners=False)`, positions in float32 as there. Good for
 * what was computed with it; for pictures that shrink it leaves out most of their pixels.
 */
export function resizedBilinear({ widthPx, heightPx, data }: Planes, size: Size): Planes {
  const pixels = widthPx * heightPx;
  return resized({ widthPx, heightPx }, size, (channel) => ({ values: data, first: channel * pixels, step: 1 }));
}

/** The same of a picture as it is decoded: a large one need not become planes, of which only some pixels are looked at. */
export function resizedBilinearBytes({ widthPx, heightPx, rgb }: Picture, size: Size): Planes {
  return resized({ widthPx, heightPx }, size, (channel) => ({ values: rgb, first: channel, step: 3 }));
}

/** Where a channel's values lie. */
interface Channel {
  readonly values: Float32Array | Uint8Array;
  readonly first: number;
  /** From one pixel to the next. */
  readonly step: number;
}

function resized(from: Size, size: Size, channelAt: (channel: number) => Channel): Planes {
  const [columns, rows] = [taps(from.widthPx, size.widthPx), taps(from.heightPx, size.heightPx)];
  const data = new Float32Array(3 * size.widthPx * size.heightPx);
  let place = 0;
  for (let channel = 0; channel < 3; channel++) {
    const { values, first, step } = channelAt(channel);
    for (let row = 0; row < size.heightPx; row++) {
      const upper = first + rows.first[row]! * from.widthPx * step;
      const lower = first + rows.second[row]! * from.widthPx * step;
      const down = rows.weight[row]!;
      for (let column = 0; column < size.widthPx; column++) {
        const [left, right] = [columns.first[column]! * step, columns.second[column]! * step];
        const weight = columns.weight[column]!;
        const top = (1 - weight) * values[upper + left]! + weight * values[upper + right]!;
        const bottom = (1 - weight) * values[lower + left]! + weight * values[lower + right]!;
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
