import type { Planes } from './picture.js';

/**
 * Bilinear resize with antialiasing (`F.interpolate(mode='bilinear', antialias=True)` on float32): each new place is the mean of the old ones
 * under a triangle as wide as two new places, along rows, then along columns.
 */
export function resizedTriangle(planes: Planes, size: { readonly widthPx: number; readonly heightPx: number }): Planes {
  const columns = taps(planes.widthPx, size.widthPx);
  const rows = taps(planes.heightPx, size.heightPx);
  const wide = new Float32Array(3 * planes.heightPx * size.widthPx);
  for (let line = 0; line < 3 * planes.heightPx; line++)
    for (const [place, tap] of columns.entries())
      wide[line * size.widthPx + place] = weighted(planes.data, { ...tap, start: line * planes.widthPx, step: 1 });
  const data = new Float32Array(3 * size.widthPx * size.heightPx);
  for (let channel = 0; channel < 3; channel++)
    for (const [row, tap] of rows.entries())
      for (let column = 0; column < size.widthPx; column++) {
        const start = channel * planes.heightPx * size.widthPx + column;
        const place = (channel * size.heightPx + row) * size.widthPx + column;
        data[place] = weighted(wide, { ...tap, start, step: size.widthPx });
      }
  return { ...size, data };
}

interface Tap {
  readonly first: number;
  readonly weights: Float64Array;
}

function weighted(data: Float32Array, options: Tap & { readonly start: number; readonly step: number }): number {
  const { first, weights, start, step } = options;
  let sum = 0;
  for (let tap = 0; tap < weights.length; tap++) sum += weights[tap]! * data[start + (first + tap) * step]!;
  return sum;
}

/** For each new place the first old one and the weights from there, which add up to 1. */
function taps(from: number, to: number): Tap[] {
  const scale = from / to;
  const reach = Math.max(1, scale);
  return Array.from({ length: to }, (_, place) => {
    const centre = (place + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - reach + 0.5));
    const end = Math.min(from, Math.trunc(centre + reach + 0.5));
    const heights = Float64Array.from({ length: end - first }, (_, tap) =>
      Math.max(0, 1 - Math.abs((first + tap - centre + 0.5) / reach)),
    );
    const sum = heights.reduce((total, height) => total + height, 0);
    return { first, weights: heights.map((height) => height / sum) };
  });
}
