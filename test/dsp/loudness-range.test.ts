import { expect, it } from 'vitest';
import { gatedLoudness, integratedLoudness, shortTermLoudness } from '../../src/dsp/loudness.js';
import { loudnessRange } from '../../src/dsp/loudness-range.js';
import { truePeakDb, truePeaks } from '../../src/dsp/true-peak.js';
import { okValue, reasonWhy } from '../helpers/ok-value.js';

const sampleRateHz = 8000;
const tone = (levels: readonly number[], secondsEach: number) => ({
  sampleRateHz,
  channels: [
    Float32Array.from(
      { length: levels.length * secondsEach * sampleRateHz },
      (_, n) =>
        levels[Math.floor(n / (secondsEach * sampleRateHz))]! * Math.sin((2 * Math.PI * 500 * n) / sampleRateHz),
    ),
  ],
});

it('is the step between two long levels, and 0 for one', () => {
  expect(okValue(loudnessRange(tone([0.2], 12)))).toBeCloseTo(0, 3);
  expect(okValue(loudnessRange(tone([0.1, 0.2], 20)))).toBeCloseTo(20 * Math.log10(2), 2);
});

it('does not see the level', () => {
  const sound = tone([0.05, 0.3, 0.1], 6);
  const louder = { ...sound, channels: sound.channels.map((samples) => samples.map((value) => 2 * value)) };
  expect(okValue(loudnessRange(louder))).toBeCloseTo(okValue(loudnessRange(sound)), 6);
  const [own, doubled] = [okValue(gatedLoudness(sound)), okValue(gatedLoudness(louder))];
  expect(doubled.lufs - own.lufs).toBeCloseTo(20 * Math.log10(2), 9);
  expect(doubled.aboveRelativeGate).toBe(own.aboveRelativeGate);
  expect(own.lufs).toBe(okValue(integratedLoudness(sound)));
  expect(own.blocks).toBe(18 * 10 - 3);
});

it('says what has no range', () => {
  expect(reasonWhy(loudnessRange(tone([0.5], 2)))).toMatch(/3 s/);
  expect(reasonWhy(shortTermLoudness(tone([0.5], 2)))).toMatch(/3 s/);
  expect(reasonWhy(loudnessRange(tone([0], 5)))).toMatch(/^skipped: silence/);
});

it('has a true peak for each channel, the loudest of which counts', () => {
  const [left] = tone([0.5], 1).channels as [Float32Array];
  const stereo = { sampleRateHz, channels: [left, new Float32Array(left.length)] };
  const peaks = okValue(truePeaks(stereo));
  expect(peaks[1]).toBe(0);
  expect(okValue(truePeakDb(stereo))).toBe(20 * Math.log10(peaks[0]!));
});
