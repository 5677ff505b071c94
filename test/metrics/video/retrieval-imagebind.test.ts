import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../../src/core/features.js';
import { type Outcome, ok } from '../../../src/core/outcome.js';
import { metricById } from '../../../src/metrics/index.js';
import type { SetMetric } from '../../../src/metrics/metric.js';
import { normalStream } from '../../helpers/metric-recipe.js';

const forward = 'retrieval-imagebind-audio-to-video';
const backward = 'retrieval-imagebind-video-to-audio';
const ids = [forward, backward].flatMap((start) =>
  ['recall-at-1', 'recall-at-5', 'recall-at-10', 'median-rank'].map((end) => `${start}-${end}`),
);

/** Clips of some rows around a direction of their own. */
function clips(count: number, seed: number): FeatureMatrix[] {
  const normal = normalStream(seed);
  return Array.from({ length: count }, (_, clip) => {
    const rows = 1 + (clip % 3);
    const place = Array.from({ length: 16 }, normal);
    const data = Float32Array.from({ length: 16 * rows }, (_, index) => place[index % 16]! + 0.01 * normal());
    return { rows, columns: 16, data };
  });
}

const setMetric = (id: string): SetMetric => metricById(id) as SetMetric;

const compute = (id: string, system: readonly FeatureMatrix[], videos: readonly FeatureMatrix[]): Outcome<number> =>
  setMetric(id).compute(system, videos);

function value(id: string, system: readonly FeatureMatrix[], videos: readonly FeatureMatrix[]): number {
  const outcome = compute(id, system, videos);
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

describe('retrieval over ImageBind', () => {
  const videos = clips(12, 1);
  const fitting = videos.map((clip, index) => ({ ...clip, data: clip.data.map((x) => x * (1 + index)) }));

  it('is perfect where each piece of music points where its video points, whatever its length', () => {
    for (const id of ids) expect(value(id, fitting, videos)).toBe(1);
  });

  it('states how many there are and what chance is', () => {
    expect(compute(`${forward}-recall-at-5`, fitting, videos)).toMatchObject({
      warnings: ['among 12 videos; chance is 5/12'],
    });
    expect(compute(`${backward}-median-rank`, fitting, videos)).toMatchObject({
      warnings: ['among 12 pieces of music; chance is 6.5'],
    });
  });

  it('gives a system that plays one piece for all exactly chance, both ways', () => {
    const constant = videos.map(() => fitting[3]!);
    for (const start of [forward, backward]) {
      for (const k of [1, 5, 10]) expect(value(`${start}-recall-at-${k}`, constant, videos)).toBeCloseTo(k / 12, 12);
      expect(value(`${start}-median-rank`, constant, videos)).toBe(6.5);
    }
  });

  it('does not depend on the order of the clips, but on the pairing', () => {
    const noisy = clips(12, 2).map((clip, index) => ({
      rows: 1,
      columns: 16,
      data: Float32Array.from({ length: 16 }, (_, at) => clip.data[at]! + 0.6 * videos[index]!.data[at]!),
    }));
    const order = [4, 1, 11, 0, 9, 7, 3, 2, 10, 5, 8, 6];
    const moved = order.map((index) => (index + 1) % 12);
    for (const id of ids) {
      const straight = value(id, noisy, videos);
      expect(
        value(
          id,
          order.map((i) => noisy[i]!),
          order.map((i) => videos[i]!),
        ),
      ).toBe(straight);
    }
    const shifted = moved.map((i) => videos[i]!);
    expect(
      value(
        `${forward}-recall-at-1`,
        order.map((i) => noisy[i]!),
        shifted,
      ),
    ).toBeLessThan(value(`${forward}-recall-at-1`, noisy, videos));
  });

  it('has median ranks of resamples, and of recalls none', () => {
    const every = [...Array(12).keys()];
    const sets = { system: videos.map(() => fitting[3]!), target: videos };
    for (const start of [forward, backward]) {
      expect(setMetric(`${start}-median-rank`).resampled?.(sets, [every])).toEqual(ok([6.5]));
      expect(setMetric(`${start}-recall-at-5`).resampled).toBeUndefined();
    }
    // 11 copies of one clip and another one: of 12 pieces of music that are all one, only the other's is a wrong answer.
    const { resampled } = setMetric(`${backward}-median-rank`);
    expect(resampled?.(sets, [[...Array(11).fill(0), 1]])).toEqual(ok([1.5]));
    expect(resampled?.({ ...sets, system: fitting.slice(1) }, [every]).status).toBe('failed');
  });

  it('tells the two ways apart', () => {
    // Both pieces of music are nearest to the first video; each video is nearest to its own music.
    const at = (degrees: number): FeatureMatrix => {
      const angle = (degrees * Math.PI) / 180;
      return { rows: 1, columns: 2, data: Float32Array.of(Math.cos(angle), Math.sin(angle)) };
    };
    const music = [at(25), at(44), at(200)];
    const pictures = [at(30), at(60), at(200)];
    expect(value(`${forward}-recall-at-1`, music, pictures)).toBeCloseTo(2 / 3, 12);
    expect(value(`${backward}-recall-at-1`, music, pictures)).toBe(1);
    expect(value(`${forward}-median-rank`, music, pictures)).toBe(1);
  });

  it('refuses a zero vector by the clip, other numbers of clips and too few of them', () => {
    const silent = [...fitting];
    silent[7] = { rows: 2, columns: 16, data: new Float32Array(32) };
    for (const id of ids) {
      expect(JSON.stringify(compute(id, silent, videos))).toContain('clip 7 of the system set is zero');
      expect(JSON.stringify(compute(id, fitting, silent))).toContain('clip 7 of the video set is zero');
      expect(compute(id, fitting.slice(1), videos).status).toBe('failed');
    }
    expect(compute(`${forward}-recall-at-10`, fitting.slice(2), videos.slice(2))).toEqual({
      status: 'skipped',
      reason: 'recall at 10 among 10 videos is always 1: needs at least 11',
    });
  });
});
