import { expect, it } from 'vitest';
import { withDynamics } from '../../../src/baselines/composer/expression.js';
import { motionEnergy } from '../../../src/baselines/composer/motion-energy.js';
import { profileOf } from './profiles.js';

it('turns the calmest moment down by 15 dB and leaves the liveliest as it is, without steps', () => {
  const step = Array.from({ length: 250 }, (_, frame) => (frame < 125 ? 0.01 : 0.1));
  const ones = { sampleRateHz: 8000, channels: [new Float32Array(80_000).fill(1)] };
  const [gain] = withDynamics(ones, motionEnergy(profileOf(step), 10)).channels;
  expect(20 * Math.log10(gain![8000]!)).toBeCloseTo(-15, 1);
  expect(20 * Math.log10(gain![72_000]!)).toBeCloseTo(0, 1);
  const largestStep = gain!.reduce(
    (most, value, index) => Math.max(most, Math.abs(value - gain![Math.max(0, index - 1)]!)),
    0,
  );
  expect(largestStep).toBeLessThan(0.001);
});
