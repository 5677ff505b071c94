import { describe, expect, it } from 'vitest';
import { energyAt, meanEnergy, motionEnergy } from '../../../src/baselines/composer/motion-energy.js';
import { profileOf } from './profiles.js';

const step = Array.from({ length: 250 }, (_, frame) => (frame < 125 ? 0.01 : 0.1));

describe('motionEnergy', () => {
  it('runs from 0 at the calmest to 1 at the liveliest', () => {
    const energy = motionEnergy(profileOf(step), 10);
    expect(energyAt(energy, 1)).toBeCloseTo(0, 3);
    expect(energyAt(energy, 9)).toBeCloseTo(1, 3);
    expect(energyAt(energy, 5)).toBeGreaterThan(0.3);
    expect(energyAt(energy, 5)).toBeLessThan(0.9);
    expect(energy.level).toBeCloseTo(0.055, 9);
    expect(meanEnergy(energy, { from: 0, to: 10 })).toBeCloseTo(0.5, 1);
  });

  it('only ever rises over a rise', () => {
    const { curve } = motionEnergy(profileOf(step), 10);
    expect(curve.every((value, index) => index === 0 || value >= curve[index - 1]! - 1e-12)).toBe(true);
  });

  it('is flat where motion never changes: half for a moving picture, nothing for a still one', () => {
    const flat = (value: number): number[] => [...motionEnergy(profileOf(new Array(50).fill(value)), 2).curve];
    expect(new Set(flat(0.05))).toEqual(new Set([0.5]));
    expect(new Set(flat(0))).toEqual(new Set([0]));
  });

  it('holds its ends beyond the curve', () => {
    const energy = motionEnergy(profileOf(step), 10);
    expect(energyAt(energy, -1)).toBe(energyAt(energy, 0));
    expect(energyAt(energy, 99)).toBe(energyAt(energy, 10));
  });

  it.each([
    ['no frame', [], 2],
    ['one frame', [0], 0.04],
    ['a clip of one sample', [0], 1 / 32_000],
    ['frames slower than the curve', [0.1, 0.2, 0.1], 60],
  ])('is finite for %s', (_, difference, durationSeconds) => {
    const framesPerSecond = durationSeconds === 60 ? 0.05 : 25;
    const energy = motionEnergy(profileOf(difference, { framesPerSecond }), durationSeconds);
    expect(energy.curve.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(Number.isFinite(meanEnergy(energy, { from: 0, to: durationSeconds }))).toBe(true);
  });
});
