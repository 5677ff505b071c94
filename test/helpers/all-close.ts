import { expect } from 'vitest';

export interface Tolerance {
  /** Allowed difference as a share of the expected magnitude; default 0. */
  readonly rtol?: number;
  /** Allowed difference as such; default 0. */
  readonly atol?: number;
}

/**
 * Fails unless both have equal length and |actual - expected| <= atol + rtol |expected| everywhere (NumPy's `allclose`).
 * NaN is close to nothing; an infinity only to itself. The message names the worst element.
 */
export function expectAllClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { rtol = 0, atol = 0 }: Tolerance,
): void {
  expect(actual.length, 'length').toBe(expected.length);
  const excessAt = (index: number): number => {
    const [got, want] = [actual[index] as number, expected[index] as number];
    if (got === want) return 0;
    const excess = Math.abs(got - want) - atol - rtol * Math.abs(want);
    return Number.isNaN(excess) || !Number.isFinite(want) ? Number.POSITIVE_INFINITY : excess;
  };
  const outside = Array.from(expected, (_, index) => index).filter((index) => excessAt(index) > 0);
  if (outside.length === 0) return;
  const worst = outside.reduce((a, b) => (excessAt(b) > excessAt(a) ? b : a));
  expect.fail(
    `${outside.length} of ${expected.length} elements differ by more than atol ${atol} + rtol ${rtol}; ` +
      `the worst is [${worst}]: got ${actual[worst]}, expected ${expected[worst]}, ` +
      `difference ${Math.abs((actual[worst] as number) - (expected[worst] as number))}`,
  );
}
