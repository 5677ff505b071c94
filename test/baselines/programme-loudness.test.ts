import { expect, it } from 'vitest';
import { atProgrammeLoudness } from '../../src/baselines/programme-loudness.js';
import { integratedLoudness } from '../../src/dsp/loudness.js';
import { okValue, toneMusic } from './painted-videos.js';

it('brings music to -23 LUFS', () => {
  const tone = toneMusic({ seconds: 2, hz: 500 });
  expect(okValue(integratedLoudness(atProgrammeLoudness(tone)))).toBeCloseTo(-23, 3);
});

it('stays below full scale where a click stands over quiet music', () => {
  const tone = toneMusic({ seconds: 2, hz: 500 });
  const channels = tone.channels.map((channel) =>
    channel.map((sample, index) => (index === 4000 ? 0.9 : sample * 0.001)),
  );
  const loud = atProgrammeLoudness({ ...tone, channels });
  expect(Math.max(...loud.channels[0]!)).toBeCloseTo(0.9, 5);
  expect(okValue(integratedLoudness(loud))).toBeLessThan(-24);
});

it('leaves alone what has no loudness', () => {
  const short = toneMusic({ seconds: 0.1, hz: 500 });
  expect(atProgrammeLoudness(short)).toBe(short);
  const silent = { sampleRateHz: 8000, channels: [new Float32Array(8000)] };
  expect(atProgrammeLoudness(silent)).toBe(silent);
});
