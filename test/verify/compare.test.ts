import { describe, expect, it } from 'vitest';
import { brokenLimits, compareTensors, type Difference, toleranceFor } from '../../src/verify/compare.js';

const tensor = (values: readonly number[], dims: readonly number[] = [values.length]) => ({
  data: Float32Array.from(values),
  dims,
});

function differenceOf(own: readonly number[], golden: readonly number[]): Difference {
  const outcome = compareTensors(tensor(own), tensor(golden));
  if (outcome.status !== 'ok') throw new Error(outcome.status);
  return outcome.value;
}

describe('compareTensors', () => {
  it('measures the largest difference, alone and against the largest value', () => {
    expect(differenceOf([1, 2, -4], [1, 2.5, -4])).toMatchObject({ cells: 3, maxAbsolute: 0.5, maxRelative: 0.125 });
    expect(differenceOf([0, 0], [0, 0])).toMatchObject({ maxAbsolute: 0, maxRelative: 0, cosineDistance: 0 });
    expect(differenceOf([1, 0], [0, 0])).toMatchObject({ maxAbsolute: 1, maxRelative: 1, cosineDistance: 1 });
  });

  it('measures direction', () => {
    expect(differenceOf([2, 4], [1, 2]).cosineDistance).toBeCloseTo(0, 12);
    expect(differenceOf([1, 0], [0, 1]).cosineDistance).toBe(1);
    expect(differenceOf([1, 0], [-1, 0]).cosineDistance).toBe(2);
  });

  it('bounds 99 % and 90 % of the cells', () => {
    const golden = new Array<number>(200).fill(0);
    const own = golden.map((_, index) => (index < 2 ? 100 : index < 20 ? 10 : 1));
    expect(differenceOf(own, golden)).toMatchObject({
      ...{ maxAbsolute: 100, absoluteOf99Percent: 10, absoluteOf90Percent: 1 },
    });
    own[2] = 100;
    expect(differenceOf(own, golden).absoluteOf99Percent).toBe(100);
  });

  it('does not mind axes of length 1, but any other shape', () => {
    expect(compareTensors(tensor([1, 2], [1, 2]), tensor([1, 2], [2, 1])).status).toBe('ok');
    const other = compareTensors(tensor([1, 2, 3, 4, 5, 6], [2, 3]), tensor([1, 2, 3, 4, 5, 6], [3, 2]));
    expect(other).toEqual({ status: 'failed', error: { code: 'wrong-shape', message: 'shape 2x3, expected 3x2' } });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('fails for %s instead of comparing it', (value) => {
    expect(compareTensors(tensor([1, value]), tensor([1, 1]))).toMatchObject({
      status: 'failed',
      error: { message: '1 of 2 own values are not finite' },
    });
  });
});

describe('brokenLimits', () => {
  const difference = {
    ...{ cells: 10, maxAbsolute: 0.5, maxRelative: 0.1, cosineDistance: 1e-6 },
    ...{ absoluteOf99Percent: 0.2, absoluteOf90Percent: 0.1 },
  };

  it('passes at the limit and names what is beyond', () => {
    const limits = { absolute: 0.5, absoluteOf99Percent: 0.2, absoluteOf90Percent: 0.1, cosineDistance: 1e-6 };
    expect(brokenLimits(difference, limits)).toEqual([]);
    const tighter = { absolute: 0.49, absoluteOf99Percent: 0.19, absoluteOf90Percent: 0.09, cosineDistance: 9e-7 };
    expect(brokenLimits(difference, tighter)).toEqual([
      'the largest difference is 0.500, allowed 0.490',
      'the difference of 99 % of the cells is 0.200, allowed 0.190',
      'the difference of 90 % of the cells is 0.100, allowed 0.0900',
      '1 - cosine is 0.00000100, allowed 9.00e-7',
    ]);
    expect(brokenLimits(difference, { absolute: 0.5, cosineDistance: 1 })).toEqual([]);
  });
});

describe('toleranceFor', () => {
  const golden = Float32Array.of(1, -10, 3);

  it('is the stated one in float32, with the direction', () => {
    expect(toleranceFor({ absolute: 0.1 }, { dtype: 'f32', golden })).toEqual({ absolute: 0.1, cosineDistance: 1e-5 });
  });

  it('is wider for networks in float16, not for front ends', () => {
    const wide = toleranceFor({ absolute: 0.1 }, { dtype: 'f16', golden });
    expect(wide).toEqual({ absolute: expect.closeTo(0.2, 12), cosineDistance: 1e-3 });
    const frontEnd = { absolute: 0.1, absoluteOf99Percent: 0.01 };
    expect(toleranceFor(frontEnd, { dtype: 'f16', golden })).toEqual({ ...frontEnd, cosineDistance: 1e-5 });
  });
});
