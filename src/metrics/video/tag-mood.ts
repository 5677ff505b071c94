/** A linear map over the tag probabilities of a MusicNN network: the mean of some less the mean of others. Columns are those of the model's card. */
export interface TagMood {
  readonly raises: Readonly<Record<string, number>>;
  readonly lowers: Readonly<Record<string, number>>;
}

/** Of the 50 tags of `musicnn-msd` those two that name a side of valence in Russell's circumplex (Journal of Personality and Social Psychology 39:1161, 1980). */
export const msdValence: TagMood = { raises: { happy: 49 }, lowers: { sad: 47 } };

/**
 * Of the 50 tags of `musicnn-mtt` those of tempo and level, which go with arousal (Gabrielsson and Lindström 2001, "The influence of musical
 * structure on emotional expression"); none of them names a mood.
 */
export const mttArousal: TagMood = { raises: { fast: 8, loud: 23 }, lowers: { slow: 2, quiet: 24, soft: 30 } };

/** The mood at each row of tag probabilities, -1 to 1. */
export function moodOfTags(
  tags: { readonly rows: number; readonly columns: number; readonly data: ArrayLike<number> },
  { raises, lowers }: TagMood,
): Float64Array {
  const meanOf = (row: number, columns: readonly number[]): number =>
    columns.reduce((sum, column) => sum + tags.data[row * tags.columns + column]!, 0) / columns.length;
  const [up, down] = [Object.values(raises), Object.values(lowers)];
  return Float64Array.from({ length: tags.rows }, (_, row) => meanOf(row, up) - meanOf(row, down));
}
