import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../src/linalg/matrix.js';
import { multiplyTransposed } from '../../src/linalg/product.js';
import { type FrechetDistance, frechetDistance } from '../../src/metrics/frechet-distance.js';
import { type GoldenFile, type MatrixRecipe, matrixOf, normalMatrix, readGolden } from '../helpers/metric-recipe.js';

interface FrechetCase {
  readonly id: string;
  readonly metric: string;
  readonly X: MatrixRecipe;
  readonly Y: MatrixRecipe;
  readonly outcome: 'value' | 'refuse';
  readonly expected: {
    readonly fd: number;
    readonly mean_term: number;
    readonly tr1: number;
    readonly tr2: number;
    readonly tr_sqrt: number;
  };
}

interface FrechetFile extends GoldenFile<FrechetCase> {
  readonly checks: readonly { readonly recipe: MatrixRecipe; readonly sha256_le_f64: string }[];
}

const golden = readGolden<FrechetCase>('frechet') as FrechetFile;
// The file also holds cases of FAD-infinity, per-song FAD and its bootstrap: other metrics, tested where they are built.
// Of the d = 2048 cases only the smallest runs here; the others take many seconds each.
const cases = golden.cases
  .filter(({ metric }) => metric === 'frechet')
  .filter(({ X, id }) => X.d < 2048 || id === 'fd-d2048-Ndover2');

describe('the recipes of the golden values', () => {
  it.each(golden.checks)('make the recorded bytes (seed $recipe.seed)', ({ recipe, sha256_le_f64 }) => {
    expect(
      createHash('sha256')
        .update(new Uint8Array(matrixOf(recipe).data.buffer))
        .digest('hex'),
    ).toBe(sha256_le_f64);
  });
});

describe('frechetDistance against golden values', () => {
  it.each(cases.filter(({ outcome }) => outcome === 'value'))('$id', ({ X, Y, expected }) => {
    const distance = resultOf(matrixOf(X), matrixOf(Y));
    const size = expected.mean_term + expected.tr1 + expected.tr2;
    const terms = {
      value: expected.fd,
      meanTerm: expected.mean_term,
      traceX: expected.tr1,
      traceY: expected.tr2,
      traceSqrt: expected.tr_sqrt,
    };
    // rtol 1e-10, and atol 1e-12 of the sum of the positive terms for values that cancel to 0.
    for (const [name, value] of Object.entries(terms)) {
      const error = Math.abs(distance[name as keyof FrechetDistance] - value);
      expect(error, name).toBeLessThanOrEqual(1e-10 * Math.abs(value) + 1e-12 * size);
    }
  });

  it.each(cases.filter(({ outcome }) => outcome === 'refuse'))('$id is refused', ({ X, Y }) => {
    expect(frechetDistance(matrixOf(X), matrixOf(Y)).status).not.toBe('ok');
  });
});

describe('frechetDistance', () => {
  const x = normalMatrix({ rows: 60, columns: 12, seed: 1 });
  const y = transformed(normalMatrix({ rows: 45, columns: 12, seed: 2 }), (value) => 1.5 * value + 0.3);

  it('is exactly 0 between a set and itself, also with fewer samples than dimensions or repeated columns', () => {
    const few = normalMatrix({ rows: 7, columns: 30, seed: 3 });
    const repeated = multiplyTransposed(x, normalMatrix({ rows: 24, columns: 12, seed: 4 }));
    for (const set of [x, few, repeated]) expect(resultOf(set, set).value).toBe(0);
  });

  it('is symmetric', () => {
    expect(resultOf(x, y).value).toBeCloseTo(resultOf(y, x).value, 12);
  });

  it('does not change when both sets are rotated', () => {
    const rotation = orthogonal(12);
    const rotated = resultOf(multiplyTransposed(x, rotation), multiplyTransposed(y, rotation));
    expect(rotated.value).toBeCloseTo(resultOf(x, y).value, 11);
  });

  it('does not change when the rows are put in another order', () => {
    expect(resultOf(reversedRows(x), y).value).toBeCloseTo(resultOf(x, y).value, 12);
  });

  it('is the squared shift between a set and its translation', () => {
    const moved = transformed(x, (value) => value + 2);
    expect(resultOf(x, moved).value).toBeCloseTo(12 * 4, 10);
  });

  it('gives the Gram and the covariance form the same value where both apply', () => {
    // 12 rows use the Gram form; the same 12 rows in 11 of the columns use the covariance.
    const wide = normalMatrix({ rows: 12, columns: 12, seed: 5 });
    const narrow = dropLastColumn(wide);
    const padded = transformed(wide, (value, column) => (column === 11 ? 0 : value));
    expect(resultOf(narrow, dropLastColumn(y)).value).toBeCloseTo(
      resultOf(
        padded,
        transformed(y, (value, column) => (column === 11 ? 0 : value)),
      ).value,
      9,
    );
  });

  it('reads float32 and float64 alike', () => {
    const single = { ...x, data: Float32Array.from(x.data) };
    const rounded = { ...x, data: Float64Array.from(single.data) };
    expect(frechetDistance(single, y)).toEqual(frechetDistance(rounded, y));
  });

  it('warns when there are no more samples than dimensions', () => {
    const outcome = frechetDistance(normalMatrix({ rows: 12, columns: 12, seed: 5 }), x);
    expect(outcome).toMatchObject({ status: 'ok', warnings: [expect.stringContaining('12 samples in 12 dimensions')] });
    expect(frechetDistance(x, y)).not.toHaveProperty('warnings');
  });

  it('flags sets without variance', () => {
    const still = { ...x, data: new Float64Array(x.data.length).fill(0.1) };
    expect(frechetDistance(still, y)).toMatchObject({ warnings: [expect.stringContaining('no variance')] });
  });

  it('names the row that is not finite, the sizes that differ and the count that is too small', () => {
    const broken = { ...y, data: y.data.slice() };
    broken.data[3 * 12 + 5] = Number.NaN;
    const said = (a: Matrix, b: Matrix): string => JSON.stringify(frechetDistance(a, b));
    expect(said(x, broken)).toContain('row 3 of the second set');
    expect(said(x, dropLastColumn(y))).toContain('12 columns, the second 11');
    expect(said(normalMatrix({ rows: 1, columns: 12, seed: 1 }), y)).toContain('at least 2 samples');
  });
});

function resultOf(x: Matrix, y: Matrix): FrechetDistance {
  const outcome = frechetDistance(x, y);
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

function transformed(matrix: Matrix, change: (value: number, column: number) => number): Matrix {
  return { ...matrix, data: matrix.data.map((value, index) => change(value, index % matrix.columns)) };
}

function reversedRows({ rows, columns, data }: Matrix): Matrix {
  const flipped = Array.from({ length: rows }, (_, row) => [
    ...data.subarray((rows - 1 - row) * columns, (rows - row) * columns),
  ]);
  return { rows, columns, data: Float64Array.from(flipped.flat()) };
}

function dropLastColumn({ rows, columns, data }: Matrix): Matrix {
  return { rows, columns: columns - 1, data: data.filter((_, index) => index % columns < columns - 1) };
}

/** The reflection I - 2 v vᵀ / |v|², a full orthogonal matrix. */
function orthogonal(n: number): Matrix {
  const v = normalMatrix({ rows: 1, columns: n, seed: 9 }).data;
  const square = v.reduce((sum, value) => sum + value * value, 0);
  const data = Float64Array.from({ length: n * n }, (_, index) => {
    const [row, column] = [Math.floor(index / n), index % n];
    return (row === column ? 1 : 0) - (2 * v[row]! * v[column]!) / square;
  });
  return { rows: n, columns: n, data };
}
