import { expect, it } from 'vitest';
import { silence } from '../../src/baselines/silence.js';
import { okValue } from './painted-videos.js';

it.each([
  [2.5, 80_000],
  [0.00001, 1],
])('is zeros for %f s', async (durationSeconds, sampleCount) => {
  const { channels, sampleRateHz } = okValue(await silence.generate({ durationSeconds, seed: 3, views: {} }));
  expect(sampleRateHz).toBe(32_000);
  expect(channels).toEqual([new Float32Array(sampleCount)]);
});
