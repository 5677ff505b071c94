import { expect, it } from 'vitest';
import { reference } from '../../src/baselines/reference.js';
import { ok, skipped } from '../../src/core/outcome.js';
import { toneMusic } from './painted-videos.js';

it('gives back the very recording', async () => {
  const music = ok(toneMusic({ seconds: 1, hz: 300 }));
  expect(await reference.generate({ durationSeconds: 5, seed: 0, views: { reference: music } })).toBe(music);
});

it('passes the reason on when the clip has no music', async () => {
  const views = { reference: skipped('no sound track') };
  expect(await reference.generate({ durationSeconds: 5, seed: 0, views })).toEqual(skipped('no sound track'));
});
