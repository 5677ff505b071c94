import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../src/linalg/matrix.js';
import {
  type PrecisionRecallDensityCoverage,
  precisionRecallDensityCoverage,
} from '../../src/metrics/precision-recall-density-coverage.js';
import { type MatrixRecipe, matrixOf, normalMatrix, readGolden } from '../helpers/metric-recipe.js';

interface PrdcCase {
  readonly id: string;
  readonly real: MatrixRecipe;
  readonly fake: MatrixRecipe;
  readonly k: number;
  /** `see`: all samples are equal, every radius is 0. */
  readonly outcome: 'value' | 'refuse' | 'see';
  readonly expected_strict: PrecisionRecallDensityCoverage;
}

const { cases } = readGolden<PrdcCase>('prdc');
// Two sets of 1000 in 512 dimensions: seconds of work, and no branch that the smaller ones do not take.
const quick = cases.filter(({ real }) => real.d < 512);

describe('against golden values (strict comparison)', () => {
  it.each(quick.filter(({ outcome }) => outcome !== 'refuse'))('$id', ({ real, fake, k, expected_strict }) => {
    const value = resultOf(matrixOf(real), matrixOf(fake), k);
    for (const name of ['precision', 'recall', 'density', 'coverage'] as const) {
      expect(value[name], name).toBeCloseTo(expected_strict[name], 12);
    }
  });

  it.each(cases.filter(({ outcome }) => outcome === 'refuse'))('$id is refused', ({ real, fake, k }) => {
    expect(precisionRecallDensityCoverage(matrixOf(real), matrixOf(fake), { k }).status).not.toBe('ok');
  });
});

describe('precisionRecallDensityCoverage', () => {
  const wide = normalMatrix({ rows: 80, columns: 6, seed: 1 });

  it('gives a tight cluster inside the real set high precision and low recall, and the reverse the other way round', () => {
    const tight = scaled(normalMatrix({ rows: 80, columns: 6, seed: 2 }), 0.1);
    const collapsed = resultOf(wide, tight, 5);
    expect(collapsed.precision).toBe(1);
    expect(collapsed.recall).toBeLessThan(0.2);
    expect(collapsed.coverage).toBeLessThan(0.5);
    const scattered = resultOf(tight, wide, 5);
    expect(scattered.precision).toBeLessThan(0.2);
    expect(scattered.recall).toBe(1);
  });

  it('is 0 throughout for sets far apart', () => {
    const far = { ...wide, data: wide.data.map((value) => value + 100) };
    expect(resultOf(wide, far, 5)).toEqual({ precision: 0, recall: 0, density: 0, coverage: 0 });
  });

  it('covers about 1 - 2^-k of a set with another draw from the same law', () => {
    const { coverage } = resultOf(
      normalMatrix({ rows: 600, columns: 4, seed: 3 }),
      normalMatrix({ rows: 600, columns: 4, seed: 4 }),
      2,
    );
    // Standard error of 600 draws of 0.75 is 0.018; neighbouring balls overlap, hence some more.
    expect(Math.abs(coverage - 0.75)).toBeLessThan(0.07);
  });

  it('lets the edge of a ball count where that is asked for', () => {
    const line = { rows: 3, columns: 1, data: Float64Array.from([0, 1, 3]) };
    const shifted = { rows: 3, columns: 1, data: Float64Array.from([-1, 7, 9]) };
    const options = { k: 1, edgeIsInside: true };
    expect(resultOf(line, shifted, 1).precision).toBe(0);
    expect(precisionRecallDensityCoverage(line, shifted, options)).toMatchObject({ value: { precision: 1 / 3 } });
  });

  it('warns about neighbourhoods of radius 0', () => {
    const same = { ...wide, data: wide.data.map((_, index) => wide.data[index % 6]!) };
    expect(precisionRecallDensityCoverage(wide, same, { k: 5 })).toMatchObject({
      status: 'ok',
      warnings: [expect.stringContaining('80 of 80 generated samples')],
    });
  });

  it('names what it refuses', () => {
    const few = normalMatrix({ rows: 5, columns: 6, seed: 5 });
    const said = JSON.stringify(precisionRecallDensityCoverage(wide, few, { k: 5 }));
    expect(said).toContain('at least 6 samples, the generated set has 5');
    const broken = { ...wide, data: wide.data.map((value, index) => (index === 6 * 7 ? Number.NaN : value)) };
    expect(JSON.stringify(precisionRecallDensityCoverage(broken, wide, { k: 5 }))).toContain('row 7 of the real set');
  });
});

function resultOf(real: Matrix, generated: Matrix, k: number): PrecisionRecallDensityCoverage {
  const outcome = precisionRecallDensityCoverage(real, generated, { k });
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

function scaled(matrix: Matrix, factor: number): Matrix {
  return { ...matrix, data: matrix.data.map((value) => value * factor) };
}
