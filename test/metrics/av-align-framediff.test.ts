import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../src/core/features.js';
import { avAlignFramediff } from '../../src/metrics/av-align-framediff.js';

const framesPerSecond = 25;

describe('av-align-framediff', () => {
  it('is 1 when each onset meets a motion peak and 0 when none does', () => {
    expect(score(onsets([1, 2, 3]), motion([1, 2, 3]))).toBe(1);
    expect(score(onsets([1.5, 2.5]), motion([1, 2, 3]))).toBe(0);
    expect(score(onsets([1.02, 2.5]), motion([1, 2, 3]))).toBe(1 / 4);
  });

  it('takes the frame rate from the times', () => {
    // 0.06 s is within one frame of 10 frames a second, not of 25.
    expect(score(onsets([1.06]), motion([1], 10))).toBe(1);
    expect(score(onsets([1.06]), motion([1], 25))).toBe(0);
  });

  it('leaves out peaks after the end of the sound and onsets after the end of the video', () => {
    expect(score(onsets([1], 3), motion([1, 5]))).toBe(1);
    expect(score(onsets([1, 12], 15), motion([1]))).toBe(1);
  });

  it('is 0 for a sound without onsets beside a moving picture, and skipped when nothing happens on either side', () => {
    expect(score(onsets([]), motion([1]))).toBe(0);
    expect(avAlignFramediff.compare(onsets([]), motion([])).status).toBe('skipped');
    expect(avAlignFramediff.compare(onsets([1]), { rows: 2, columns: 2, data: new Float32Array(4) }).status).toBe(
      'skipped',
    );
  });

  it('refuses onsets that are not finite', () => {
    expect(avAlignFramediff.compare(onsets([1, Number.NaN]), motion([1])).status).toBe('failed');
  });

  it('rotates onsets in time and keeps them in order', () => {
    const turned = avAlignFramediff.rotate?.(onsets([1, 4, 9]), 0.25);
    expect([...(turned?.data ?? [])]).toEqual([1.5, 10, 3.5, 10, 6.5, 10]);
    expect(avAlignFramediff.rotate?.(onsets([]), 0.25).rows).toBe(0);
  });
});

function onsets(times: readonly number[], durationSeconds = 10): FeatureMatrix {
  return { rows: times.length, columns: 2, data: Float32Array.from(times.flatMap((time) => [time, durationSeconds])) };
}

/** Ten seconds of a still picture that changes at the given times. */
function motion(peaks: readonly number[], rate = framesPerSecond): FeatureMatrix {
  const rows = 10 * rate;
  const data = new Float32Array(2 * rows);
  for (let row = 0; row < rows; row++) data[2 * row] = row / rate;
  for (const time of peaks) data[2 * Math.round(time * rate) + 1] = 5;
  return { rows, columns: 2, data };
}

function score(audio: FeatureMatrix, target: FeatureMatrix): number {
  const outcome = avAlignFramediff.compare(audio, target);
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}
