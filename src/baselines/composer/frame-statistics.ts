/** Bins of the colour histogram: 4 levels of red, green and blue each. */
export const histogramBins = 64;

/** Pictures have more pixels than their colours need: one in this many is looked at. */
const paletteStride = 4;

/**
 * Rec.601 luma (ITU-R BT.601: 0.299, 0.587, 0.114) of an RGB picture into `luma`, in 0 to 1,
 * and the relative colour histogram into `histogram`.
 */
export function readPicture(rgb: Uint8Array, into: { luma: Float32Array; histogram: Float64Array }): void {
  const { luma, histogram } = into;
  histogram.fill(0);
  for (let pixel = 0, byte = 0; pixel < luma.length; pixel++, byte += 3) {
    const red = rgb[byte]!;
    const green = rgb[byte + 1]!;
    const blue = rgb[byte + 2]!;
    luma[pixel] = (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
    histogram[((red >> 6) << 4) | ((green >> 6) << 2) | (blue >> 6)]!++;
  }
  for (let bin = 0; bin < histogramBins; bin++) histogram[bin]! /= luma.length;
}

/** Mean absolute difference over the bytes of two RGB pictures, 0 to 1; one pixel in four is looked at. */
export function meanColourDifference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  let count = 0;
  for (let byte = 0; byte + 2 < a.length; byte += 3 * paletteStride, count += 3) {
    sum +=
      Math.abs(a[byte]! - b[byte]!) + Math.abs(a[byte + 1]! - b[byte + 1]!) + Math.abs(a[byte + 2]! - b[byte + 2]!);
  }
  return count === 0 ? 0 : sum / count / 255;
}

export function meanAbsoluteDifference(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += Math.abs(a[index]! - b[index]!);
  return a.length === 0 ? 0 : sum / a.length;
}

/** Half the L1 distance of two histograms that each sum to 1: the share of pixels that changed their bin. */
export function totalVariation(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += Math.abs(a[index]! - b[index]!);
  return sum / 2;
}

/** Running sums of colour; `add` every frame, then take the means once. */
export interface ColourSums {
  frames: number;
  pixels: number;
  saturation: number;
  warmth: number;
  brightness: number;
  contrast: number;
  readonly hues: Float64Array;
}

export function emptyColourSums(): ColourSums {
  return { frames: 0, pixels: 0, saturation: 0, warmth: 0, brightness: 0, contrast: 0, hues: new Float64Array(12) };
}

export function addColours(sums: ColourSums, { rgb, luma }: { rgb: Uint8Array; luma: Float32Array }): void {
  addLuma(sums, luma);
  for (let byte = 0; byte + 2 < rgb.length; byte += 3 * paletteStride) {
    addPixel(sums, [rgb[byte]! / 255, rgb[byte + 1]! / 255, rgb[byte + 2]! / 255]);
  }
}

function addLuma(sums: ColourSums, luma: Float32Array): void {
  let sum = 0;
  let squares = 0;
  for (const value of luma) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / luma.length;
  sums.frames++;
  sums.brightness += mean;
  sums.contrast += Math.sqrt(Math.max(0, squares / luma.length - mean * mean));
}

function addPixel(sums: ColourSums, [red, green, blue]: readonly [number, number, number]): void {
  const brightest = Math.max(red, green, blue);
  const chroma = brightest - Math.min(red, green, blue);
  sums.pixels++;
  sums.warmth += red - blue;
  if (chroma === 0) return;
  sums.saturation += chroma / brightest;
  sums.hues[Math.floor(sextant({ red, green, blue, brightest, chroma }) * 2) % 12]! += chroma;
}

/** HSV hue in sextants, 0 to 6: 0 red, 2 green, 4 blue. */
function sextant(c: { red: number; green: number; blue: number; brightest: number; chroma: number }): number {
  if (c.brightest === c.red) return ((c.green - c.blue) / c.chroma + 6) % 6;
  if (c.brightest === c.green) return (c.blue - c.red) / c.chroma + 2;
  return (c.red - c.green) / c.chroma + 4;
}
