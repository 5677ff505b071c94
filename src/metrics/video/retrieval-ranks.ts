/** Cosines that differ by no more are equal: float32 features do not tell them apart, float64 rounding does. */
const tieTolerance = 1e-9;

/** Where the right answer to one query stands among all answers. */
export interface RetrievalPlace {
  /** Wrong answers that are nearer. */
  readonly better: number;
  /** Wrong answers that are exactly as near. */
  readonly tied: number;
}

/**
 * The place of each query's own target. `similarities` is [queries, targets], row-major and square; query i belongs to target i.
 * Ties are counted, not broken: an order of their own would give a constant embedding rank 1, or the last one.
 */
export function retrievalPlaces(similarities: Float64Array): RetrievalPlace[] {
  const count = Math.sqrt(similarities.length);
  if (!Number.isInteger(count)) throw new RangeError(`${similarities.length} similarities are no square`);
  return Array.from({ length: count }, (_, query) => {
    const own = similarities[query * count + query]!;
    let [better, tied] = [0, 0];
    for (let target = 0; target < count; target++) {
      if (target === query) continue;
      const lead = similarities[query * count + target]! - own;
      if (lead > tieTolerance) better++;
      else if (lead >= -tieTolerance) tied++;
    }
    return { better, tied };
  });
}

/** The share of queries whose target is among the first k, each counted with the probability over random orders of its ties. */
export function recallAt(k: number, places: readonly RetrievalPlace[]): number {
  const found = places.map(({ better, tied }) => Math.min(1, Math.max(0, (k - better) / (tied + 1))));
  return found.reduce((sum, share) => sum + share, 0) / places.length;
}

/** The middle of the ranks from 1, each expected over random orders of its ties. */
export function medianRank(places: readonly RetrievalPlace[]): number {
  const ranks = places.map(({ better, tied }) => 1 + better + tied / 2).sort((a, b) => a - b);
  const middle = (ranks.length - 1) / 2;
  return (ranks[Math.floor(middle)]! + ranks[Math.ceil(middle)]!) / 2;
}
