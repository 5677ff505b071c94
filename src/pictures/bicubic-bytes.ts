import type { Picture } from './picture.js';

export interface ByteResizeOptions {
  readonly widthPx: number;
  readonly heightPx: number;
  /**
   * How weights are rounded to whole numbers: `pillow` to 22 bits behind the point, `torch` to as many as fit 16 bits in all, as
   * torchvision does for byte tensors.
   */
  readonly weights: 'pillow' | 'torch';
}

/**
 * Bicubic resize with antialiasing of 8-bit pictures, along rows, then along columns, with bytes between: Pillow's (Resample.c,
 * `precompute_coeffs` and `ImagingResampleHorizontal_8bpc`) or PyTorch's for uint8 (UpSampleKernel.cpp and UpSampleKernelAVXAntialias.h).
 */
export function resizedBytes(picture: Picture, { widthPx, heightPx, weights }: ByteResizeOptions): Picture {
  const wide = widthPx === picture.widthPx ? picture : alongRows(picture, taps(picture.widthPx, widthPx, weights));
  if (heightPx === wide.heightPx) return wide;
  return alongColumns(wide, taps(wide.heightPx, heightPx, weights));
}

/** For each new pixel the first old one, and whole weights that are shifted right by `bits`. */
interface Taps {
  readonly bits: number;
  readonly pixels: readonly { readonly first: number; readonly weights: Int32Array }[];
}

/** Half the width of the kernel, in old pixels where the picture grows. */
const kernelSupport = 2;

function taps(from: number, to: number, kind: ByteResizeOptions['weights']): Taps {
  const scale = from / to;
  const stretch = Math.max(1, scale);
  const support = kernelSupport * stretch;
  const exact = Array.from({ length: to }, (_, pixel) => {
    const centre = (pixel + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(from, Math.trunc(centre + support + 0.5));
    const weights = Array.from({ length: end - first }, (_, tap) => cubic((tap + first - centre + 0.5) / stretch));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
  const bits = kind === 'pillow' ? 22 : torchBits(Math.max(...exact.flatMap(({ weights }) => weights)));
  const whole = (weight: number): number => Math.trunc(weight * 2 ** bits + (weight < 0 ? -0.5 : 0.5));
  return { bits, pixels: exact.map(({ first, weights }) => ({ first, weights: Int32Array.from(weights, whole) })) };
}

/** The most bits behind the point with which the largest weight stays below 2^15. */
function torchBits(largest: number): number {
  let bits = 0;
  while (bits < 22 && Math.trunc(0.5 + largest * 2 ** (bits + 1)) < 2 ** 15) bits++;
  return bits;
}

/** Keys' cubic convolution with a = -0.5. */
function cubic(x: number): number {
  const [a, distance] = [-0.5, Math.abs(x)];
  if (distance < 1) return ((a + 2) * distance - (a + 3)) * distance * distance + 1;
  return distance < 2 ? (((distance - 5) * distance + 8) * distance - 4) * a : 0;
}

function alongRows({ widthPx, heightPx, rgb }: Picture, { bits, pixels }: Taps): Picture {
  const out = new Uint8Array(3 * pixels.length * heightPx);
  for (let row = 0, place = 0; row < heightPx; row++) {
    for (const { first, weights } of pixels) {
      const from = 3 * (row * widthPx + first);
      for (let channel = 0; channel < 3; channel++)
        out[place++] = weighted(rgb, { from: from + channel, step: 3, weights, bits });
    }
  }
  return { widthPx: pixels.length, heightPx, rgb: out };
}

function alongColumns({ widthPx, rgb }: Picture, { bits, pixels }: Taps): Picture {
  const stride = 3 * widthPx;
  const out = new Uint8Array(stride * pixels.length);
  pixels.forEach(({ first, weights }, row) => {
    for (let column = 0; column < stride; column++)
      out[row * stride + column] = weighted(rgb, { from: first * stride + column, step: stride, weights, bits });
  });
  return { widthPx, heightPx: pixels.length, rgb: out };
}

interface WeightedOptions {
  readonly from: number;
  readonly step: number;
  readonly weights: Int32Array;
  readonly bits: number;
}

/** The weighted sum, rounded and held within a byte. 8 bits times 22 are exact in a double. */
function weighted(bytes: Uint8Array, { from, step, weights, bits }: WeightedOptions): number {
  let sum = 2 ** (bits - 1);
  for (let tap = 0, at = from; tap < weights.length; tap++, at += step) sum += bytes[at]! * weights[tap]!;
  return Math.min(255, Math.max(0, Math.floor(sum / 2 ** bits)));
}
