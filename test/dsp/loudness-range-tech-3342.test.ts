import { describe, expect, it } from 'vitest';
import { loudnessRange } from '../../src/dsp/loudness-range.js';

const sampleRateHz = 48000;

/** A stereo sine of 1 kHz, its parts of 20 s at these levels in dBFS, as the test signals of EBU Tech 3342, table 1. */
function parts(...levels: number[]): { sampleRateHz: number; channels: Float32Array[] } {
  const channel = Float32Array.from({ length: levels.length * 20 * sampleRateHz }, (_, n) => {
    const level = levels[Math.floor(n / (20 * sampleRateHz))]!;
    return 10 ** (level / 20) * Math.sin((2 * Math.PI * 1000 * n) / sampleRateHz);
  });
  return { sampleRateHz, channels: [channel, channel] };
}

describe('loudnessRange', { timeout: 60_000 }, () => {
  it.each([
    [[-20, -30], 10],
    [[-20, -15], 5],
    [[-40, -20], 20],
    [[-50, -35, -20, -35, -50], 15],
  ])('gives EBU Tech 3342 case %j within 1 LU', (levels, range) => {
    const outcome = loudnessRange(parts(...levels));
    if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
    expect(Math.abs(outcome.value - range)).toBeLessThanOrEqual(1);
  });
});
