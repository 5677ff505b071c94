/** A copy in the order of UTF-16 code units: the same on every machine, unlike a locale's order. */
export function sortedById<T>(items: readonly T[], idOf: (item: T) => string): T[] {
  return [...items].sort((a, b) => {
    const [idA, idB] = [idOf(a), idOf(b)];
    return idA < idB ? -1 : idA > idB ? 1 : 0;
  });
}
