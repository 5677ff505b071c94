import { describe, expect, it } from 'vitest';
import { float64Of, type NumericMatrix } from '../../src/linalg/matrix.js';
import { frechetOver } from '../../src/metrics/families/frechet.js';
import { frechetDistance } from '../../src/metrics/frechet-distance.js';
import { frechetOfWindows } from '../../src/metrics/frechet-of-windows.js';
import { frechetUnder, windowsWithHalfMeans } from '../../src/metrics/frechet-under-numerics.js';
import { roundToHalf } from '../../src/metrics/half-precision.js';
import { importedSpaces } from '../../src/metrics/spaces.js';
import { expectAllClose } from '../helpers/all-close.js';
import { type MatrixRecipe, matrixOf, readGolden } from '../helpers/metric-recipe.js';

interface PerSongCase {
  readonly id: string;
  readonly baseline: MatrixRecipe;
  readonly songs: readonly {
    readonly song: MatrixRecipe;
    /** Left out where a song has too few windows. */
    readonly half_mean: readonly number[];
    readonly expected_fadtk_compat: number;
    readonly expected_f16_values_f64_mean: number;
  }[];
}

const golden = readGolden<PerSongCase>('frechet').cases.find(({ id }) => id === 'fad-per-song')!;
const halves = (matrix: NumericMatrix): NumericMatrix => ({
  ...matrix,
  data: Float32Array.from(matrix.data, roundToHalf),
});

describe('windowsWithHalfMeans', () => {
  it.each(golden.songs.filter(({ half_mean }) => half_mean !== undefined).map((song, index) => [index, song] as const))(
    'gives the figure of fadtk for song %i, whose mean NumPy rounds to half precision',
    (_, { song, half_mean, expected_fadtk_compat, expected_f16_values_f64_mean }) => {
      const stored = halves(matrixOf(song));
      const moved = float64Of(windowsWithHalfMeans([stored]));
      const means = Array.from({ length: moved.columns }, (_, column) => {
        let sum = 0;
        for (let row = 0; row < moved.rows; row++) sum += moved.data[row * moved.columns + column]!;
        return sum / moved.rows;
      });
      expectAllClose(means, half_mean, { atol: 1e-12 });
      const baseline = matrixOf(golden.baseline);
      const [compat, exact] = [frechetDistance(baseline, moved), frechetDistance(baseline, stored)];
      if (compat.status !== 'ok' || exact.status !== 'ok') throw new Error('no distance');
      expectAllClose([compat.value.value], [expected_fadtk_compat], { rtol: 1e-9 });
      expectAllClose([exact.value.value], [expected_f16_values_f64_mean], { rtol: 1e-9 });
      expect(compat.value.value).not.toBeCloseTo(exact.value.value, 6);
    },
  );

  it('moves each clip by itself', () => {
    const clip = (...data: number[]): NumericMatrix => ({
      rows: data.length,
      columns: 1,
      data: Float32Array.from(data),
    });
    // 2049 is no half-precision number: ties go to 2048.
    const moved = windowsWithHalfMeans([clip(2048, 2050), clip(1, 3)]);
    expect([...moved.data]).toEqual([2047, 2049, 1, 3]);
  });
});

describe('frechetUnder', () => {
  it('is the plain distance where means stay exact', () => {
    expect(frechetUnder({ meanOfClip: 'exact' })).toBe(frechetOfWindows);
    expect(frechetOver(importedSpaces[0]!).under).toBe(frechetUnder);
  });

  it('refuses what the plain distance refuses', () => {
    const compute = frechetUnder({ meanOfClip: 'float16' });
    const broken = { rows: 1, columns: 1, data: Float32Array.of(Number.NaN) };
    expect(compute([broken], [broken])).toMatchObject({ status: 'failed', error: { code: 'not-finite' } });
    expect(compute([], []).status).toBe('skipped');
  });
});
