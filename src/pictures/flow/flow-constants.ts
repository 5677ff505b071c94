/** Pixels to either side that the displacement is averaged over: a window of 15. */
export const averagingReach = 7;
export const averagingShare: number = 1 / 225;
/** Added to the determinant, so that plain areas do not move. */
export const determinantFloor = 1e-3;
/** What the outermost five pixels count on each side; the inner ones count 1. */
export const borderWeights: readonly number[] = [0.14, 0.14, 0.4472, 0.4472, 0.4472];
/** Places for what lies beyond each end of a row of sums: enough for both reaches, and whole vectors. */
export const margin = 8;
