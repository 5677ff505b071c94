import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../src/core/features.js';
import { avAlign } from '../../src/metrics/av-align.js';
import { avAlignFramediff } from '../../src/metrics/av-align-framediff.js';
import { okValue } from '../helpers/ok-value.js';

const rate = 25;

describe('av-align', () => {
  it('reads optical flow, and onsets', () => {
    expect(avAlign.targetNeed).toEqual({ encoder: 'optical-flow', output: 'curve' });
    expect(avAlign.need).toEqual({ encoder: 'onset', output: 'onsets' });
  });

  it('gives what av_align.py gives by hand: each onset takes the first free peak less than a frame away', () => {
    // Peaks at 1.00, 1.08 and 3.00; the first onset takes 1.00, the second 1.08, 2 meets none.
    expect(score(onsets([1.03, 1.06, 2]), flow([1, 1.08, 3]))).toBe(2 / (3 + 3 - 2));
    expect(score(onsets([1.01, 1.02]), flow([1]))).toBe(1 / 2);
  });

  it('counts peaks of 0.1 pixels and more', () => {
    expect(score(onsets([1]), flow([1], 0.1000001))).toBe(1);
    expect(score(onsets([1]), flow([1], 0.0999))).toBe(0);
  });

  it('counts what lies beyond the end of the other side, as the script does', () => {
    const [audio, video] = [onsets([1, 12], 3), flow([1, 5])];
    expect(score(audio, video)).toBe(1 / 3);
    expect(okValue(avAlignFramediff.compare(audio, video))).toBe(1);
  });

  it('is skipped where the script divides by zero: no peak on either side', () => {
    expect(avAlign.compare(onsets([]), flow([]))).toEqual({
      status: 'skipped',
      reason: 'neither the music nor the video has a peak',
    });
    expect(score(onsets([]), flow([1]))).toBe(0);
    expect(score(onsets([1]), flow([]))).toBe(0);
  });

  it('refuses values that are not finite', () => {
    expect(avAlign.compare(onsets([Number.NaN]), flow([1])).status).toBe('failed');
    expect(avAlign.compare(onsets([1]), flow([1], Number.NaN)).status).toBe('failed');
  });
});

function onsets(times: readonly number[], durationSeconds = 10): FeatureMatrix {
  return { rows: times.length, columns: 2, data: Float32Array.from(times.flatMap((time) => [time, durationSeconds])) };
}

/** Ten seconds without motion but at the given times. */
function flow(peaks: readonly number[], pixels = 2): FeatureMatrix {
  const rows = 10 * rate;
  const data = new Float32Array(2 * rows);
  for (let row = 0; row < rows; row++) data[2 * row] = row / rate;
  for (const time of peaks) data[2 * Math.round(time * rate) + 1] = pixels;
  return { rows, columns: 2, data };
}

function score(audio: FeatureMatrix, target: FeatureMatrix): number {
  return okValue(avAlign.compare(audio, target));
}
