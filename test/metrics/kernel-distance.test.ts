import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../src/linalg/matrix.js';
import { forPairRows, pairDistances } from '../../src/metrics/distance-rows.js';
import { float32PairDistances } from '../../src/metrics/float32-pair-distances.js';
import { type KernelDistanceOptions, kernelDistance, kernelDistances } from '../../src/metrics/kernel-distance.js';
import { kernelDistancesWithout } from '../../src/metrics/kernel-distance-without.js';
import type { Kernel } from '../../src/metrics/scaled-kernel.js';
import { takeRows } from '../../src/metrics/take-rows.js';
import { matrixFrom, normalMatrix } from '../helpers/metric-recipe.js';

// More rows than a block of distances has.
const x = normalMatrix({ rows: 90, columns: 11, seed: 1 });
const y = normalMatrix({ rows: 70, columns: 11, seed: 2 });

function valueOfSets(a: Matrix, b: Matrix, options: KernelDistanceOptions): number {
  const outcome = kernelDistance(a, b, options);
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value.value;
}

describe.each<Kernel>(['gaussian', 'iq', 'imq'])('kernelDistance, %s', (kernel) => {
  it('is symmetrical for a given bandwidth', () => {
    const options = { kernel, bandwidth: 4 };
    expect(valueOfSets(x, y, options)).toBeCloseTo(valueOfSets(y, x, options), 11);
  });

  it('does not depend on the order of rows', () => {
    const turned = takeRows(
      y,
      Array.from({ length: y.rows }, (_, index) => (index * 33 + 5) % y.rows),
    );
    const options = { kernel, bandwidth: 'evaluated' } as const;
    expect(valueOfSets(x, turned, options)).toBeCloseTo(valueOfSets(x, y, options), 11);
  });

  it('is below 0 for a set and itself and large for sets far apart', () => {
    expect(valueOfSets(x, x, { kernel, bandwidth: 'reference' })).toBeLessThan(0);
    const far = { ...y, data: y.data.map((value) => value + 30) };
    expect(valueOfSets(x, far, { kernel, bandwidth: 'reference' })).toBeGreaterThan(50);
  });

  it('sees neither a common scale nor a common offset with a bandwidth from the data', () => {
    const moved = (set: Matrix): Matrix => ({ ...set, data: set.data.map((value) => value * 8 + 1024) });
    const options = { kernel, bandwidth: 'reference' } as const;
    // The 1e-8 beside the bandwidth does not scale along.
    expect(valueOfSets(moved(x), moved(y), options)).toBeCloseTo(valueOfSets(x, y, options), 6);
  });
});

describe('kernelDistances', () => {
  it('gives each choice as by itself, and refuses only those without a bandwidth', () => {
    const same = takeRows(y, new Array<number>(20).fill(0));
    const choices = [
      { kernel: 'gaussian', bandwidth: 'evaluated' },
      { kernel: 'imq', bandwidth: 'reference' },
      { kernel: 'iq', bandwidth: 0 },
      { kernel: 'iq', bandwidth: 'evaluated-kadtk' },
    ] as const;
    const outcomes = kernelDistances(x, same, choices);
    expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'ok', 'failed', 'failed']);
    expect(outcomes[1]).toEqual(kernelDistance(x, same, choices[1]));
    expect(outcomes[0]).toMatchObject({ error: { code: 'no-bandwidth' } });
  });

  it('takes the lower of two middle distances', () => {
    const line = matrixFrom([[0], [1], [3], [7]]); // distances 1, 2, 3, 4, 6, 7
    expect(kernelDistance(line, line, { kernel: 'iq', bandwidth: 'evaluated' })).toMatchObject({
      value: { bandwidth: 3 },
    });
  });

  it('refuses single rows and other dimensions', () => {
    const options = { kernel: 'gaussian', bandwidth: 1 } as const;
    expect(kernelDistance(x, takeRows(y, [0]), options).status).toBe('skipped');
    expect(kernelDistance(x, normalMatrix({ rows: 9, columns: 3, seed: 1 }), options)).toMatchObject({
      error: { code: 'dimensions-differ' },
    });
  });
});

describe('kernelDistance of 4096 rows', () => {
  const rows = 4097;
  const [a, b] = [1, 2].map((seed) => normalMatrix({ rows, columns: 3, seed })) as [Matrix, Matrix];
  const groupOfRow = Int32Array.from({ length: rows }, (_, row) => (row === rows - 1 ? 0 : 1));
  const firstRows = (set: Matrix): Matrix => ({ ...set, rows: rows - 1, data: set.data.subarray(0, -3) });

  it.each<Kernel>(['gaussian', 'imq'])('in float32 is that in float64, %s', (kernel) => {
    const options = { kernel, bandwidth: 'reference' } as const;
    const groups = { groupOfReference: groupOfRow, groupOfEvaluated: groupOfRow, groupCount: 1 };
    const doubles = kernelDistancesWithout({ reference: a, evaluated: b, ...groups }, options);
    if (doubles.status !== 'ok') expect.fail(JSON.stringify(doubles));
    // Means of kernels to 1e-8, times 100.
    expect(Math.abs(valueOfSets(firstRows(a), firstRows(b), options) - doubles.value[0]!)).toBeLessThan(1e-6);
  });
});

describe('distances of pairs', () => {
  it('visit each pair once, across blocks', () => {
    let count = 0;
    forPairRows(x, (row, distances) => {
      expect(distances).toHaveLength(x.rows - 1 - row);
      count += distances.length;
    });
    expect(count).toBe((90 * 89) / 2);
    expect(pairDistances(matrixFrom([[0], [1], [3]]))).toEqual(Float64Array.from([1, 9, 4]));
  });

  it('in float32 differ from float64 by rounding only, with any number of columns', () => {
    for (const columns of [1, 7, 8, 13, 40]) {
      const set = normalMatrix({ rows: 12, columns, seed: columns });
      const exact = pairDistances({ ...set, data: Float64Array.from(Float32Array.from(set.data)) });
      float32PairDistances(set).forEach((distance, index) => {
        expect(Math.abs(distance / Math.sqrt(exact[index]!) - 1)).toBeLessThan(1e-6);
      });
    }
  });
});
