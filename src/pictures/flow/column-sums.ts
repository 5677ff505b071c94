import { averagingReach, margin } from './flow-constants.js';
import type { FiveField, FlowSolution, LevelSize } from './flow-kernels.js';

/** One memory as numbers of both sizes. */
export interface Cells {
  readonly singles: Float32Array;
  readonly doubles: Float64Array;
}

/** Where the sums of the columns of the first pixel lie in their room, counted in float64 values. */
export function sumPlaces({ stridePx }: LevelSize, sums: number): FiveField {
  const room = sums / 2;
  return { quads: room + 4 * margin, fifths: room + 4 * (stridePx + 2 * margin) + margin };
}

/** The sums of the columns around the row above the first, where all rows are the first and those below it. */
export function startSums({ singles, doubles }: Cells, size: LevelSize, { tensors, sums }: FlowSolution): void {
  const { widthPx, heightPx, stridePx } = size;
  const places = sumPlaces(size, sums);
  const start = (
    to: number,
    from: number,
    { count, step }: { readonly count: number; readonly step: number },
  ): void => {
    for (let at = 0; at < count; at++) {
      doubles[to + at] = Math.fround(singles[from + at]! * (averagingReach + 2));
      for (let row = 1; row < averagingReach; row++)
        doubles[to + at]! += singles[from + Math.min(row, heightPx - 1) * step + at]!;
    }
  };
  start(places.quads, tensors.quads, { count: 4 * widthPx, step: 4 * stridePx });
  start(places.fifths, tensors.fifths, { count: widthPx, step: stridePx });
}
