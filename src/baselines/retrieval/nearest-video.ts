import type { VideoDescription } from './describe-video.js';

/** The four ways in which videos differ; smaller is more alike. */
const parts: readonly ((a: VideoDescription, b: VideoDescription) => number)[] = [
  (a, b) => 1 - cosine(a.look, b.look),
  (a, b) => Math.hypot(a.motionLevel[0] - b.motionLevel[0], a.motionLevel[1] - b.motionLevel[1]),
  (a, b) => 1 - cosine(centred(a.motionShape), centred(b.motionShape)),
  (a, b) => cutDistance(a.cutsSoFar, b.cutsSoFar),
];

/**
 * Indices of the candidates from the most to the least alike. Each part's distances are z-scored over the candidates, so
 * that no unit outweighs another, and added up; ties keep the candidates' order.
 */
export function rankByLikeness(query: VideoDescription, candidates: readonly VideoDescription[]): readonly number[] {
  const scored = parts.map((part) => zScores(candidates.map((candidate) => part(query, candidate))));
  const totals = candidates.map((_, index) => scored.reduce((sum, scores) => sum + scores[index]!, 0));
  return [...totals.keys()].sort((a, b) => totals[a]! - totals[b]! || a - b);
}

/** Equal distances carry no information and become 0. */
function zScores(values: readonly number[]): readonly number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => (deviation > 1e-12 ? (value - mean) / deviation : 0));
}

/** 0 where a vector is zero: a flat curve is like none and unlike none. */
function cosine(a: Float64Array, b: Float64Array): number {
  let [product, squaresA, squaresB] = [0, 0, 0];
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    product += a[index]! * b[index]!;
    squaresA += a[index]! ** 2;
    squaresB += b[index]! ** 2;
  }
  const norm = Math.sqrt(squaresA * squaresB);
  return norm > 0 ? product / norm : 0;
}

function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

/** Area between the two counts of cuts so far, relative to the larger count: number and place of cuts in one. */
function cutDistance(a: Float64Array, b: Float64Array): number {
  const area = a.reduce((sum, count, cell) => sum + Math.abs(count - b[cell]!), 0);
  return area / a.length / (1 + Math.max(a.at(-1) ?? 0, b.at(-1) ?? 0));
}
