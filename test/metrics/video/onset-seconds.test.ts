import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../../src/core/features.js';
import { onsetSeconds } from '../../../src/metrics/video/onset-seconds.js';
import { valueIn } from './times.js';

const bins = (...data: number[]): FeatureMatrix => ({ rows: data.length, columns: 1, data: Float32Array.from(data) });
const score = (id: string, music: FeatureMatrix, reference: FeatureMatrix): number =>
  valueIn(onsetSeconds.find((metric) => metric.id === id)!.compare(music, reference));

describe('scores of seconds with an onset', () => {
  const music = bins(1, 1, 1, 0, 1, 0);
  const reference = bins(1, 0, 1, 1, 0, 0);

  it('are those of the two tools, which share their names only', () => {
    expect(score('beat-coverage-d2m-gan', music, reference)).toBeCloseTo(4 / 3, 12);
    expect(score('beat-hit-d2m-gan', music, reference)).toBeCloseTo(2 / 3, 12);
    expect(score('beat-coverage-loris', music, reference)).toBeCloseTo(2 / 4, 12);
    expect(score('beat-hit-loris', music, reference)).toBeCloseTo(2 / 3, 12);
  });

  it('saturate: all steady music is alike', () => {
    for (const { id } of onsetSeconds) expect(score(id, bins(1, 1, 1, 1), bins(1, 1, 1, 1))).toBe(1);
  });

  it('compare the seconds that both have, and say so', () => {
    for (const { id, compare } of onsetSeconds) {
      expect(score(id, bins(1, 1, 1, 0, 1, 0, 1, 1), reference)).toBe(score(id, music, reference));
      expect(compare(bins(1), reference)).toMatchObject({ warnings: ['the music has 1 seconds, the reference 6'] });
    }
  });

  it('are skipped where the reference has no onset, and fall when the music is rotated', () => {
    for (const { compare, rotate } of onsetSeconds) {
      expect(compare(music, bins(0, 0, 0, 0, 0, 0)).status).toBe('skipped');
      expect(compare(bins(1, Number.NaN), reference).status).toBe('failed');
      expect([...rotate!(music, 1 / 3).data]).toEqual([1, 0, 1, 1, 1, 0]);
    }
    expect(score('beat-hit-loris', bins(0, 0, 1, 0), bins(1, 0, 0, 0))).toBe(0);
  });
});
