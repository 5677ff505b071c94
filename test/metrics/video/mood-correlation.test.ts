import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../../src/core/features.js';
import { moodArousalCorrelation, moodValenceCorrelation } from '../../../src/metrics/video/mood-correlation.js';
import { valueIn } from './times.js';

const mood = [3, 1, 4, 1.5, 9, 2, 6, 5, 3.5, 8, 7, 9.5];

/** Windows whose `raised` tag has these values and no other tag any. */
function tags(values: readonly number[], raised: number): FeatureMatrix {
  const data = new Float32Array(50 * values.length);
  for (const [row, value] of values.entries()) data[50 * row + raised] = value / 10;
  return { rows: values.length, columns: 50, data };
}

/** Five pictures a second; the mean over the three seconds from second k on is `values[k]`, as far as a picture a second can have it. */
function pictures(values: readonly number[]): FeatureMatrix {
  // Steps of one second whose sums over three are three times the values.
  const steps = [0, 0];
  for (const value of values) steps.push(3 * value - steps.at(-1)! - steps.at(-2)!);
  const data = Float32Array.from(
    steps.flatMap((value, second) => [0, 1, 2, 3, 4].flatMap((n) => [second + n / 5, value])),
  );
  return { rows: data.length / 2, columns: 2, data };
}

const happy = 49;
const fast = 8;

describe.each([
  ['mood-valence-correlation', moodValenceCorrelation, happy],
  ['mood-arousal-correlation', moodArousalCorrelation, fast],
] as const)('%s', (id, metric, raised) => {
  it('is 1 where the mood of the music rises and falls with that of the pictures, and when it does so a window later', () => {
    expect(metric.id).toBe(id);
    expect(valueIn(metric.compare(tags(mood, raised), pictures(mood)))).toBeCloseTo(1, 12);
    const late = [5, ...mood.slice(0, -1)];
    expect(valueIn(metric.compare(tags(late, raised), pictures(mood)))).toBeCloseTo(1, 12);
  });

  it('falls when the music is rotated or turned round', () => {
    const rotated = metric.rotate!(tags(mood, raised), 0.4);
    expect(valueIn(metric.compare(rotated, pictures(mood)))).toBeLessThan(0.8);
    const upsideDown = mood.map((value) => 10 - value);
    expect(valueIn(metric.compare(tags(upsideDown, raised), pictures(mood)))).toBeLessThan(0.6);
  });

  it('is skipped for a constant mood on either side and for less than ten seconds', () => {
    const flat = new Array<number>(12).fill(2);
    expect(metric.compare(tags(flat, raised), pictures(mood))).toMatchObject({
      reason: expect.stringContaining('of the music is constant'),
    });
    expect(metric.compare(tags(mood, raised), pictures(flat))).toMatchObject({ status: 'skipped' });
    expect(metric.compare(tags(mood.slice(0, 7), raised), pictures(mood))).toMatchObject({
      reason: 'music and video share 7 windows of 3 s, the correlation needs 8',
    });
  });

  it('refuses other tags and broken values', () => {
    expect(metric.compare({ rows: 9, columns: 3, data: new Float32Array(27) }, pictures(mood)).status).toBe('failed');
    expect(metric.compare(tags([...mood.slice(1), Number.NaN], raised), pictures(mood)).status).toBe('failed');
  });
});
