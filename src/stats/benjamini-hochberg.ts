/**
 * Benjamini and Hochberg's step-up adjusted p-values in the order given (1995, JRSS B 57:289): of all that stay below the
 * level, at most that share is false on average. Throws on anything that is not a probability.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  for (const [index, p] of pValues.entries()) {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`p-value ${index} is not in [0, 1]: ${p}`);
  }
  const order = [...pValues.keys()].sort((a, b) => (pValues[b] as number) - (pValues[a] as number));
  const adjusted = new Array<number>(pValues.length);
  let smallest = 1;
  for (const [place, index] of order.entries()) {
    smallest = Math.min(smallest, ((pValues[index] as number) * pValues.length) / (pValues.length - place));
    adjusted[index] = smallest;
  }
  return adjusted;
}
