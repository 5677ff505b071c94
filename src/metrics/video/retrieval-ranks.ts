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
  return middleOf(Float64Array.from(places, ({ better, tied }) => 1 + better + tied / 2));
}

/**
 * The median rank of each resample: `draws` are queries (by index), each with its own target, drawn with replacement. Ranks are among the drawn
 * targets, where copies of a query's own target are no wrong answers. `similarities` as for `retrievalPlaces`.
 */
export function resampledMedianRanks(
  similarities: Float64Array,
  draws: readonly (readonly number[])[],
): readonly number[] {
  const count = Math.sqrt(similarities.length);
  const lags = lagsOf(similarities, count);
  return draws.map((drawn) => {
    const copies = new Float64Array(count);
    for (const query of drawn) copies[query]!++;
    const ranks = Array.from(copies, (times, query) => (times > 0 ? 1 + copiesAhead(query, { lags, copies }) : 0));
    return middleOf(Float64Array.from(drawn, (query) => ranks[query]!));
  });
}

/** What each target adds to the rank of a query's own one: 1 if it is nearer, a half if it is as near. */
function lagsOf(similarities: Float64Array, count: number): Float64Array {
  return similarities.map((similarity, index) => {
    const query = Math.floor(index / count);
    if (index % count === query) return 0;
    const lead = similarity - similarities[query * count + query]!;
    if (lead > tieTolerance) return 1;
    return lead >= -tieTolerance ? 0.5 : 0;
  });
}

function copiesAhead(
  query: number,
  { lags, copies }: { readonly lags: Float64Array; readonly copies: Float64Array },
): number {
  const at = query * copies.length;
  let ahead = 0;
  for (let target = 0; target < copies.length; target++) ahead += copies[target]! * lags[at + target]!;
  return ahead;
}

/** The median; sorts in place. */
function middleOf(ranks: Float64Array): number {
  ranks.sort();
  const middle = (ranks.length - 1) / 2;
  return (ranks[Math.floor(middle)]! + ranks[Math.ceil(middle)]!) / 2;
}
