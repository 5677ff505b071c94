import type { LevelSize } from './flow-kernels.js';
import { resizeTaps } from './resize-taps.js';

const f32 = Math.fround;

/** No level is smaller than this on either side. */
const smallestSidePx = 32;
const levelsBelow = 3;

export interface PictureSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Sizes from the finest, the picture itself, to the coarsest: each half of the one before, at most four. */
export function levelSizes({ widthPx, heightPx }: PictureSize): LevelSize[] {
  const sizes = [sizeOf(widthPx, heightPx)];
  for (let level = 1; level <= levelsBelow; level++) {
    const scale = 2 ** -level;
    if (widthPx * scale < smallestSidePx || heightPx * scale < smallestSidePx) break;
    sizes.push(sizeOf(roundHalfToEven(widthPx * scale), roundHalfToEven(heightPx * scale)));
  }
  return sizes;
}

function sizeOf(widthPx: number, heightPx: number): LevelSize {
  return { widthPx, heightPx, stridePx: 4 * Math.ceil(widthPx / 4) };
}

function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}

/** Makes the pictures of one level out of gray frames. */
export type LevelPictures = (gray: Uint8Array, picture: Float32Array) => void;

/** The finest level: the frame under binomial weights 1 2 1, whose sums are exact in any order. */
export function finestPictures({ widthPx, heightPx }: PictureSize, { stridePx }: LevelSize): LevelPictures {
  const sums = new Uint16Array((heightPx + 2) * widthPx);
  const last = widthPx - 1;
  return (gray, picture) => {
    for (let y = 0; y < heightPx; y++) {
      const from = y * widthPx;
      const to = from + widthPx;
      sums[to] = 2 * (gray[from]! + gray[from + Math.min(1, last)]!);
      for (let x = 1; x < last; x++) sums[to + x] = gray[from + x - 1]! + 2 * gray[from + x]! + gray[from + x + 1]!;
      if (last > 0) sums[to + last] = 2 * (gray[from + last]! + gray[from + last - 1]!);
    }
    // The rows beyond the border are the second from it, as a mirror shows them.
    const [second, lastButOne] = [Math.min(2, heightPx) * widthPx, Math.max(1, heightPx - 1) * widthPx];
    sums.copyWithin(0, second, second + widthPx);
    sums.copyWithin((heightPx + 1) * widthPx, lastButOne, lastButOne + widthPx);
    for (let y = 0; y < heightPx; y++) {
      const above = y * widthPx;
      const [own, below] = [above + widthPx, above + 2 * widthPx];
      const to = y * stridePx;
      for (let x = 0; x < widthPx; x++)
        picture[to + x] = (sums[above + x]! + 2 * sums[own + x]! + sums[below + x]!) / 16;
    }
  };
}

export interface CoarseLevel {
  /** How many times the picture was halved. */
  readonly level: number;
  readonly size: LevelSize;
}

/**
 * A coarser level: the frame under a Gaussian as wide as the level asks for, then resized bilinearly. Only the pixels that the
 * resize reads are filtered: a quarter of them at an eighth of the size. Sums round as in OpenCV 5.0 on a machine with fused
 * multiply and add (`modules/imgproc/src/filter.simd.hpp`; the resize as Intel's library, which it calls).
 */
export function coarsePictures({ widthPx, heightPx }: PictureSize, { level, size }: CoarseLevel): LevelPictures {
  const kernel = gaussianKernel(level);
  const reach = (kernel.length - 1) / 2;
  const [columns, rows] = [resizeTaps(widthPx, size.widthPx), resizeTaps(heightPx, size.heightPx)];
  // Left and right of each new pixel in turn; a multiple of four of them.
  const width = 4 * Math.ceil(size.widthPx / 2);
  const places = Int32Array.from({ length: width }, (_, place) => {
    const pixel = Math.min(place >> 1, size.widthPx - 1);
    return place % 2 === 0 ? columns.first[pixel]! : columns.second[pixel]!;
  });
  const filter = kernel.length === 3 ? filterAcrossByThree : filterAcross;
  const padded = new Float64Array(widthPx + 2 * reach);
  const across = new Float32Array(width * heightPx);
  const down = [new Float32Array(width), new Float32Array(width)] as const;
  return (gray, picture) => {
    for (let y = 0; y < heightPx; y++) {
      padded.set(gray.subarray(y * widthPx, (y + 1) * widthPx), reach);
      for (let k = 1; k <= reach; k++) {
        padded[reach - k] = padded[reach + k]!;
        padded[reach + widthPx - 1 + k] = padded[reach + widthPx - 1 - k]!;
      }
      filter(padded, across.subarray(width * y, width * (y + 1)), { kernel, places });
    }
    for (let y = 0; y < size.heightPx; y++) {
      filterDown(across, down[0], { kernel, row: rows.first[y]!, heightPx });
      filterDown(across, down[1], { kernel, row: rows.second[y]!, heightPx });
      const weight = rows.weight[y]!;
      for (let x = 0; x < size.widthPx; x++) {
        const share = columns.weight[x]!;
        const upper = f32(down[0][2 * x]! + f32(down[0][2 * x + 1]! - down[0][2 * x]!) * share);
        const lower = f32(down[1][2 * x]! + f32(down[1][2 * x + 1]! - down[1][2 * x]!) * share);
        picture[y * size.stridePx + x] = upper + f32(lower - upper) * weight;
      }
    }
  };
}

interface Across {
  readonly kernel: Float32Array;
  /** Where the window of each result begins. */
  readonly places: Int32Array;
}

/**
 * Sums from the first weight to the last. Four sums at a time: each waits for its last
 * rounding, so that one by one takes three times as long.
 */
function filterAcross(padded: Float64Array, to: Float32Array, { kernel, places }: Across): void {
  for (let place = 0; place < places.length; place += 4) {
    const [from0, from1, from2, from3] = [places[place]!, places[place + 1]!, places[place + 2]!, places[place + 3]!];
    let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
    for (let k = 0; k < kernel.length; k++) {
      const weight = kernel[k]!;
      sum0 = f32(sum0 + padded[from0 + k]! * weight);
      sum1 = f32(sum1 + padded[from1 + k]! * weight);
      sum2 = f32(sum2 + padded[from2 + k]! * weight);
      sum3 = f32(sum3 + padded[from3 + k]! * weight);
    }
    to[place] = sum0;
    to[place + 1] = sum1;
    to[place + 2] = sum2;
    to[place + 3] = sum3;
  }
}

/** Three weights: the outer ones first, together. */
function filterAcrossByThree(padded: Float64Array, to: Float32Array, { kernel, places }: Across): void {
  const [side, middle] = [kernel[0]!, kernel[1]!];
  for (let place = 0; place < places.length; place++) {
    const from = places[place]!;
    to[place] = f32((padded[from]! + padded[from + 2]!) * side) + padded[from + 1]! * middle;
  }
}

interface Down {
  readonly kernel: Float32Array;
  readonly row: number;
  readonly heightPx: number;
}

function filterDown(across: Float32Array, to: Float32Array, { kernel, row, heightPx }: Down): void {
  const reach = (kernel.length - 1) / 2;
  const width = to.length;
  for (let x = 0; x < width; x++) to[x] = across[row * width + x]! * kernel[reach]!;
  for (let k = 1; k <= reach; k++) {
    const above = Math.abs(row - k) * width;
    const below = (heightPx - 1 - Math.abs(heightPx - 1 - row - k)) * width;
    const weight = kernel[reach + k]!;
    for (let x = 0; x < width; x++) to[x] = to[x]! + f32(across[above + x]! + across[below + x]!) * weight;
  }
}

/** Weights of sum 1 in float32 for a level of 2^-level of the size. */
function gaussianKernel(level: number): Float32Array {
  const sigma = (2 ** level - 1) / 2;
  const reach = Math.floor(roundHalfToEven(5 * sigma) / 2);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, index) =>
    Math.exp(-((index - reach) ** 2) / (2 * sigma * sigma)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return Float32Array.from(weights, (weight) => weight / sum);
}
