/**
 * Holm's step-down adjusted p-values in the order given (Holm 1979, Scandinavian Journal of Statistics 6:65): the
 * chance of even one false positive among all of them stays below the level, whatever their dependence.
 * Throws on anything that is not a probability.
 */
export function holm(pValues: readonly number[]): number[] {
  for (const [index, p] of pValues.entries()) {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`p-value ${index} is not in [0, 1]: ${p}`);
  }
  const order = [...pValues.keys()].sort((a, b) => (pValues[a] as number) - (pValues[b] as number));
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  for (const [rank, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * (pValues[index] as number)));
    adjusted[index] = largest;
  }
  return adjusted;
}
