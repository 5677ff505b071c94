import type { FeatureMatrix } from '../../core/features.js';
import { pairSegments } from '../../models/architectures/synchformer/checkpoint-parts.js';

/** Segments by which sound and pictures may differ in length: 0.64 s. */
export const spareSegments = 2;

/** Seconds of the segments that are held against each other: 14 of 0.64 s, every 0.32 s. */
export const pairSeconds: number = (pairSegments + 1) * 0.32;

/**
 * Numbers of the segments that the comparison may need, of `count`: the first 14, and the last 14 with two before them for the case that the
 * other side is shorter.
 */
export function neededSegments(count: number): readonly number[] {
  const lastFrom = count - pairSegments - spareSegments;
  return Array.from({ length: count }, (_, number) => number).filter(
    (number) => number < pairSegments || number >= lastFrom,
  );
}

/** How many whole segments a length holds. */
export function segmentCount(
  length: number,
  { segment, step }: { readonly segment: number; readonly step: number },
): number {
  return Math.max(0, Math.floor((length - segment) / step) + 1);
}

/** The output that tells which segment each row is: [rows, 1]. */
export function segmentNumbers(numbers: readonly number[]): FeatureMatrix {
  return { rows: numbers.length, columns: 1, data: Float32Array.from(numbers) };
}
