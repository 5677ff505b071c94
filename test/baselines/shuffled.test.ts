import { expect, it } from 'vitest';
import { shuffled } from '../../src/baselines/shuffled.js';
import { ok, skipped } from '../../src/core/outcome.js';
import { durationSecondsOf } from '../../src/core/waveform.js';
import { okValue, toneMusic } from './painted-videos.js';

it.each([0.4, 2.5])("fits the other clip's music to %f s", async (durationSeconds) => {
  const views = { otherReference: ok(toneMusic({ seconds: 1, hz: 300 })) };
  const music = okValue(await shuffled.generate({ durationSeconds, seed: 0, views }));
  expect(durationSecondsOf(music)).toBeCloseTo(durationSeconds, 6);
  expect(music.channels).toHaveLength(2);
  expect(music.channels[0]![1000]).toBe(views.otherReference.value.channels[0]![1000]);
});

it('passes the reason on when the other clip has no music', async () => {
  const views = { otherReference: skipped('no sound track') };
  expect(await shuffled.generate({ durationSeconds: 1, seed: 0, views })).toEqual(skipped('no sound track'));
});
