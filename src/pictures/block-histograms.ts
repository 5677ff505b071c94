import type { Picture } from './picture.js';

const blocksAcross = 4;
const blockCount = blocksAcross * blocksAcross;
const bins = 8;
const channels = 3;

/**
 * How the colours of a picture are spread: for each of 4 x 4 blocks and each of red, green and blue a histogram of 8 bins that sums to 1. A value
 * between the middles of two bins counts in both, in parts, so that a fade moves the histogram evenly and not in jumps.
 */
export function blockHistograms({ widthPx, heightPx, rgb }: Picture): Float32Array {
  const counts = new Float32Array(blockCount * channels * bins);
  const pixels = new Uint32Array(blockCount);
  for (let y = 0; y < heightPx; y++) {
    const blockRow = Math.floor((y * blocksAcross) / heightPx) * blocksAcross;
    for (let x = 0; x < widthPx; x++) {
      const block = blockRow + Math.floor((x * blocksAcross) / widthPx);
      pixels[block]!++;
      for (let channel = 0; channel < channels; channel++) {
        const { lower, upper, share } = places[rgb[3 * (y * widthPx + x) + channel]!]!;
        const start = (block * channels + channel) * bins;
        counts[start + lower]! += 1 - share;
        counts[start + upper]! += share;
      }
    }
  }
  return counts.map((count, index) => count / Math.max(1, pixels[Math.floor(index / (channels * bins))]!));
}

/** Which bins each 8-bit value counts in. */
const places = Array.from({ length: 256 }, (_, value) => {
  const position = Math.min(bins - 1, Math.max(0, ((value + 0.5) * bins) / 256 - 0.5));
  const lower = Math.floor(position);
  return { lower, upper: Math.min(bins - 1, lower + 1), share: position - lower };
});

/**
 * How far the colours of one picture must be moved to become those of the other, mean over blocks and channels: 0 to 1 (black to white). The earth
 * mover's distance of the histograms, which unlike the L1 distance goes on growing as a fade goes on.
 */
export function histogramDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let start = 0; start < a.length; start += bins) {
    let surplus = 0;
    for (let index = start; index < start + bins; index++) {
      surplus += a[index]! - b[index]!;
      sum += Math.abs(surplus);
    }
  }
  return sum / ((bins - 1) * blockCount * channels);
}
