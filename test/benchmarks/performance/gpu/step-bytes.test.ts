import { describe, expect, it } from 'vitest';
import { releasedSize } from '../../../../benchmarks/performance/gpu/full-size.js';
import { stepBytes } from '../../../../benchmarks/performance/gpu/step-bytes.js';

const at = (clips: number): ReturnType<typeof stepBytes> =>
  stepBytes({ dimensions: releasedSize, clips, columns: 1504, frames: 60, bytesOfFloat: 2 });

describe('stepBytes', () => {
  it('of the released size are 3.6 GB of weights and 1.3 GB for each clip', () => {
    // 48 layers of 37.7 M and heads of 12.6 M; 4504 places of 147,456 numbers.
    expect(at(1).weights / 1e9).toBeCloseTo(2 * (48 * 0.037749 + 0.012583), 2);
    expect((at(2).keysAndValues - at(1).keysAndValues) / 1e9).toBeCloseTo((2 * 147_456 * 4504) / 1e9, 6);
    // The null memory once, whatever the number of clips.
    expect(2 * at(1).keysAndValues - at(2).keysAndValues).toBe(2 * 147_456 * 50);
  });
});
