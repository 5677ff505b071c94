import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../src/linalg/matrix.js';
import { distinctRows } from '../../src/metrics/distinct-rows.js';
import { type PairwiseDiversity, pairwiseDiversity } from '../../src/metrics/pairwise-diversity.js';
import { takeRows } from '../../src/metrics/take-rows.js';
import { matrixFrom, normalMatrix } from '../helpers/metric-recipe.js';

const set = normalMatrix({ rows: 150, columns: 5, seed: 4 });

function valueOfSet(samples: Matrix): PairwiseDiversity {
  const outcome = pairwiseDiversity(samples);
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

describe('pairwiseDiversity', () => {
  it('knows right angles, equal and opposite rows', () => {
    expect(
      valueOfSet(
        matrixFrom([
          [2, 0],
          [0, 3],
        ]),
      ).meanCosineDistance,
    ).toBe(1);
    expect(
      valueOfSet(
        matrixFrom([
          [2, 1],
          [2, 1],
        ]),
      ),
    ).toMatchObject({ meanCosineDistance: 0, meanEuclidean: 0 });
    expect(
      valueOfSet(
        matrixFrom([
          [2, 0],
          [-1, 0],
        ]),
      ),
    ).toMatchObject({ meanCosineDistance: 2, meanEuclidean: 3 });
  });

  it('does not depend on the order of the rows, and by the cosine not on their scale', () => {
    const reversed = takeRows(
      set,
      Array.from({ length: set.rows }, (_, index) => set.rows - 1 - index),
    );
    expect(valueOfSet(reversed).meanCosineDistance).toBeCloseTo(valueOfSet(set).meanCosineDistance, 13);
    const larger = valueOfSet({ ...set, data: set.data.map((value) => value * 1e150) });
    expect(larger.meanCosineDistance).toBeCloseTo(valueOfSet(set).meanCosineDistance, 13);
  });

  it('is not defined for one sample, and refuses zeros and what is not finite', () => {
    expect(pairwiseDiversity(matrixFrom([[1, 2]])).status).toBe('skipped');
    expect(
      pairwiseDiversity(
        matrixFrom([
          [1, 2],
          [0, 0],
        ]),
      ),
    ).toMatchObject({ error: { code: 'zero-vector' } });
    expect(
      pairwiseDiversity(
        matrixFrom([
          [1, Number.NaN],
          [0, 1],
        ]),
      ),
    ).toMatchObject({ error: { code: 'not-finite' } });
  });
});

describe('distinctRows', () => {
  it('counts equal rows in the order of first appearance', () => {
    const { rows, counts } = distinctRows(
      matrixFrom([
        [3, 1],
        [1, 2],
        [3, 1],
        [3, 0],
        [1, 2],
        [3, 1],
      ]),
    );
    expect([...rows.data]).toEqual([3, 1, 1, 2, 3, 0]);
    expect(counts).toEqual([3, 2, 1]);
  });

  it('leaves a set without repeats as it is', () => {
    expect(distinctRows(set).rows.data).toEqual(set.data);
  });
});
