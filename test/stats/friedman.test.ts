import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { chiSquareUpperTail } from '../../src/stats/chi-square.js';
import { friedmanTest } from '../../src/stats/friedman.js';
import { okValue, reasonWhy } from '../helpers/ok-value.js';
import { normals } from '../helpers/stats-recipe.js';

const rowsOf = (seed: number, { rows, columns }: { rows: number; columns: number }): number[][] => {
  const values = normals(seed, rows * columns);
  return Array.from({ length: rows }, (_, row) => values.slice(row * columns, (row + 1) * columns));
};

describe('friedmanTest', () => {
  it('equals the textbook formula without ties', () => {
    const rows = rowsOf(1, { rows: 9, columns: 4 });
    const rank = (row: readonly number[], own: number): number => 1 + row.filter((other) => other < own).length;
    const sums = [0, 1, 2, 3].map((column) => rows.reduce((sum, row) => sum + rank(row, row[column]!), 0));
    const textbook = (12 / (9 * 4 * 5)) * sums.reduce((sum, value) => sum + value * value, 0) - 3 * 9 * 5;
    const test = okValue(friedmanTest(rows));
    expect(test.chiSquare).toBeCloseTo(textbook, 11);
    expect(test.kendallW).toBeCloseTo(textbook / 27, 12);
  });

  it('sees ranks within rows only, whatever the order of rows and columns', () => {
    const rows = rowsOf(2, { rows: 7, columns: 5 }).map((row) => row.map(Math.round));
    const own = okValue(friedmanTest(rows));
    const moved = rows.map((row, index) => row.map((value) => Math.exp(value) + 100 * index)).reverse();
    expect(okValue(friedmanTest(moved)).chiSquare).toBeCloseTo(own.chiSquare, 12);
    const turned = okValue(friedmanTest(rows.map((row) => [...row].reverse())));
    expect(turned.chiSquare).toBeCloseTo(own.chiSquare, 12);
    expect(turned.meanRanks).toEqual([...own.meanRanks].reverse());
  });

  it('gives 1 for rows that agree, with an infinite F', () => {
    const test = okValue(
      friedmanTest([
        [1, 2, 3],
        [4, 5, 9],
        [0, 1, 2],
      ]),
    );
    expect(test.kendallW).toBeCloseTo(1, 12);
    expect(test.imanDavenportF).toBeGreaterThan(1e9);
  });

  it('keeps its level under the null', () => {
    const rng = seededRng('friedman', 1);
    let found = 0;
    for (let repetition = 0; repetition < 2000; repetition++) {
      const rows = Array.from({ length: 20 }, () => Array.from({ length: 5 }, () => rng.next()));
      if (okValue(friedmanTest(rows)).pValue <= 0.05) found++;
    }
    expect(found / 2000).toBeGreaterThan(0.03);
    expect(found / 2000).toBeLessThan(0.065);
  });

  it('says what it cannot rank', () => {
    expect(reasonWhy(friedmanTest([]))).toMatch(/row/);
    expect(reasonWhy(friedmanTest([[1, 2]]))).toMatch(/at least 3/);
    expect(reasonWhy(friedmanTest([[1, 1, 1]]))).toMatch(/^skipped/);
    expect(
      reasonWhy(
        friedmanTest([
          [1, 2, 3],
          [1, 2],
        ]),
      ),
    ).toMatch(/row 1 has 2/);
    expect(reasonWhy(friedmanTest([[1, 2, Number.NaN]]))).toMatch(/row 0, value 2/);
  });
});

describe('chiSquareUpperTail', () => {
  it('is the exponential for 2 degrees of freedom, and grows with them', () => {
    for (const value of [0, 0.3, 2, 9, 60])
      expect(chiSquareUpperTail(value, 2) / Math.exp(-value / 2)).toBeCloseTo(1, 13);
    expect(chiSquareUpperTail(5, 4) / (Math.exp(-2.5) * 3.5)).toBeCloseTo(1, 13);
    expect(chiSquareUpperTail(5, 3)).toBeLessThan(chiSquareUpperTail(5, 4));
    expect(() => chiSquareUpperTail(1, 0)).toThrow(RangeError);
  });
});
