import { describe, expect, it } from 'vitest';
import { withoutMean } from '../../src/dsp/dc-removal.js';

describe('withoutMean', () => {
  it('takes one mean off all channels, so that they keep their difference', () => {
    const [left, right] = withoutMean([Float32Array.of(1, 2), Float32Array.of(3, 6)]);
    expect([...left!]).toEqual([-2, -1]);
    expect([...right!]).toEqual([0, 3]);
  });

  it('leaves its input alone, and nothing as nothing', () => {
    const input = Float32Array.of(1, 1);
    withoutMean([input]);
    expect([...input]).toEqual([1, 1]);
    expect(withoutMean([new Float32Array(0)])[0]).toHaveLength(0);
  });
});
