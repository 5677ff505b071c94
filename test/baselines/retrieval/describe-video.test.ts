import { describe, expect, it } from 'vitest';
import { describeMotion, gridCells } from '../../../src/baselines/retrieval/describe-video.js';

describe('describeMotion', () => {
  it('gives level, shape and cuts of a curve', () => {
    const curve = Float64Array.from({ length: 160 }, (_, frame) => (frame === 85 ? 90 : frame < 80 ? 2 : 4));
    const { motionLevel, motionShape, cutsSoFar } = describeMotion(curve);
    expect(motionLevel[0]).toBeCloseTo(Math.log(1 + (80 * 2 + 79 * 4 + 90) / 160), 9);
    expect(motionShape).toHaveLength(gridCells);
    expect([motionShape[0], motionShape[15]]).toEqual([2, 4]);
    expect(motionShape[8]).toBeCloseTo((9 * 4 + 90) / 10, 9);
    expect([...cutsSoFar]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it.each([[[]], [[0]], [[0, 0, 0]]])('takes %j for a still picture', (curve) => {
    const still = describeMotion(Float64Array.from(curve));
    expect(still.motionLevel).toEqual([0, 0]);
    expect(still.motionShape).toEqual(new Float64Array(gridCells));
    expect(still.cutsSoFar).toEqual(new Float64Array(gridCells));
  });

  it('does not take the peaks of restless motion for cuts', () => {
    const curve = Float64Array.from({ length: 100 }, (_, frame) => 20 + 30 * (frame % 2));
    expect(describeMotion(curve).cutsSoFar.at(-1)).toBe(0);
  });
});
