import { type Outcome, ok } from '../core/outcome.js';
import { choleskyFactor } from '../linalg/cholesky.js';
import { float64Of, type Matrix, type NumericMatrix, transpose } from '../linalg/matrix.js';
import { gram } from '../linalg/product.js';
import { rowsWithout } from './rows-without.js';
import { vendiScore } from './vendi-score.js';

/**
 * `vendiScore` with each group of rows left out. Wide samples are first turned into as few columns as they have rows, with the
 * same inner products: all that the score depends on. Refuses as `vendiScore` does.
 */
export function vendiWithout(
  samples: NumericMatrix,
  options: { readonly order: number; readonly groups: readonly (readonly number[])[] },
): Outcome<readonly number[]> {
  const { order, groups } = options;
  const all = vendiScore(samples, { order });
  if (all.status !== 'ok') return all;
  const narrow = samples.columns > samples.rows ? narrowed(float64Of(samples)) : samples;
  const values: number[] = [];
  for (const group of groups) {
    const value = vendiScore(rowsWithout(narrow, group), { order });
    if (value.status !== 'ok') return value;
    values.push(value.value);
  }
  return ok(values);
}

/** X Xᵀ = Fᵀ F: the rows of Fᵀ stand to each other as the rows of X do. */
function narrowed(samples: Matrix): Matrix {
  return transpose(choleskyFactor(gram(samples)));
}
