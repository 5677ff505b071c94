import { describe, expect, it } from 'vitest';
import { vendiScore } from '../../src/metrics/vendi-score.js';
import { type MatrixRecipe, matrixFrom, matrixOf, normalMatrix, readGolden } from '../helpers/metric-recipe.js';

interface VendiCase {
  readonly id: string;
  readonly X: MatrixRecipe;
  readonly outcome: string;
  readonly expected?: { readonly vendi: Readonly<Record<string, number>> };
}

const { cases } = readGolden<VendiCase>('diversity');
const valued = cases.flatMap(({ id, X, expected }) =>
  Object.entries(expected?.vendi ?? {}).map(([order, value]) => ({ id, X, order, value })),
);

describe('vendiScore against golden values', () => {
  it.each(valued)('$id of order $order', ({ X, order, value }) => {
    const outcome = vendiScore(matrixOf(X), { order: order === 'inf' ? Number.POSITIVE_INFINITY : Number(order) });
    // Order 0.5 lives on the roots of tiny eigenvalues: rtol 1e-6, else 1e-9.
    const tolerance = order === '0.5' ? 1e-6 : 1e-9;
    if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
    expect(Math.abs(outcome.value / value - 1)).toBeLessThan(tolerance);
  });

  it.each(cases.filter(({ outcome }) => outcome === 'refuse'))('$id is refused', ({ X }) => {
    expect(vendiScore(matrixOf(X), { order: 1 }).status).toBe('failed');
  });

  it('has cases of both kinds', () => {
    expect(valued.length).toBeGreaterThan(30);
    expect(cases.filter(({ outcome }) => outcome === 'refuse').length).toBe(3);
  });
});

describe('vendiScore', () => {
  it('does not depend on the length of the rows', () => {
    const rows = normalMatrix({ rows: 9, columns: 5, seed: 1 });
    const longer = { ...rows, data: rows.data.map((value, index) => value * (1 + Math.floor(index / 5))) };
    const [a, b] = [rows, longer].map((set) => vendiScore(set, { order: 1 }));
    expect(a?.status === 'ok' && b?.status === 'ok' && Math.abs(a.value - b.value)).toBeLessThan(1e-12);
  });

  it('falls with the order', () => {
    const rows = normalMatrix({ rows: 20, columns: 10, seed: 2 });
    const values = [0.5, 1, 2, 8, Number.POSITIVE_INFINITY].map((order) => {
      const outcome = vendiScore(rows, { order });
      return outcome.status === 'ok' ? outcome.value : Number.NaN;
    });
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(new Set(values).size).toBe(5);
  });

  it('refuses an order of 0, an empty set and a row of zeros, which it names', () => {
    expect(vendiScore(matrixFrom([[1]]), { order: 0 }).status).toBe('failed');
    expect(vendiScore({ rows: 0, columns: 3, data: new Float64Array(0) }, { order: 1 }).status).toBe('skipped');
    const withZero = matrixFrom([
      [1, 0],
      [0, 0],
    ]);
    expect(JSON.stringify(vendiScore(withZero, { order: 1 }))).toContain('row 1');
  });
});
