import { describe, expect, it } from 'vitest';
import { rotateRows } from '../../../src/metrics/video/rotate-rows.js';

describe('rotateRows', () => {
  const matrix = { rows: 4, columns: 2, data: Float32Array.of(0, 10, 1, 11, 2, 12, 3, 13) };

  it('moves whole rows on', () => {
    expect([...rotateRows(matrix, 0.25).data]).toEqual([3, 13, 0, 10, 1, 11, 2, 12]);
    expect([...rotateRows(matrix, 0).data]).toEqual([...matrix.data]);
    expect([...rotateRows(matrix, 1).data]).toEqual([...matrix.data]);
  });

  it('leaves a matrix without rows as it is', () => {
    expect(rotateRows({ rows: 0, columns: 2, data: new Float32Array(0) }, 0.3).rows).toBe(0);
  });
});
