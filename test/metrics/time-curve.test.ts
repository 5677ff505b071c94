import { describe, expect, it } from 'vitest';
import { rotateValues, timeCurve } from '../../src/metrics/time-curve.js';

const rising = { rows: 4, columns: 2, data: Float32Array.from([0, 10, 0.5, 20, 1, 30, 1.5, 40]) };

describe('timeCurve', () => {
  it('reads times, values and the mean step', () => {
    expect(timeCurve(rising, 'the curve')).toEqual({
      status: 'ok',
      value: {
        timesSeconds: Float64Array.from([0, 0.5, 1, 1.5]),
        values: Float64Array.from([10, 20, 30, 40]),
        stepSeconds: 0.5,
      },
    });
  });

  it('refuses what is too short, not a curve, not finite or not in order', () => {
    expect(timeCurve({ rows: 2, columns: 2, data: new Float32Array(4) }, 'x')).toMatchObject({ status: 'skipped' });
    expect(timeCurve({ rows: 4, columns: 1, data: new Float32Array(4) }, 'x')).toMatchObject({
      error: { code: 'dimensions-differ' },
    });
    const broken = { ...rising, data: rising.data.with(3, Number.NaN) };
    expect(timeCurve(broken, 'x')).toMatchObject({ error: { message: expect.stringContaining('row 1 of x') } });
    const backwards = { ...rising, data: rising.data.with(4, 0.5) };
    expect(timeCurve(backwards, 'x')).toMatchObject({ error: { message: expect.stringContaining('at row 2') } });
  });
});

describe('rotateValues', () => {
  it('moves the values on and leaves the times', () => {
    expect([...rotateValues(rising, 0.25).data]).toEqual([0, 40, 0.5, 10, 1, 20, 1.5, 30]);
    expect(rotateValues(rising, 0)).toEqual(rising);
  });
});
