import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/core/outcome.js';
import type { Matrix } from '../../src/linalg/matrix.js';
import { frechetDistance } from '../../src/metrics/frechet-distance.js';
import { frechetResampler } from '../../src/metrics/frechet-resampling.js';
import { gaussianStatistics } from '../../src/metrics/gaussian-statistics.js';
import { normalMatrix, uniformStream } from '../helpers/metric-recipe.js';

/** Clips of so many windows each. */
function clipsOf(windows: readonly number[], { columns, seed }: { columns: number; seed: number }): Matrix[] {
  return windows.map((rows, index) => {
    const noise = normalMatrix({ rows, columns, seed: 1000 * seed + index });
    return { ...noise, data: noise.data.map((value, cell) => (value + 3) / Math.sqrt(1 + (cell % columns))) };
  });
}

function stacked(clips: readonly Matrix[], multiplicities: readonly number[]): Matrix {
  const drawn = clips.flatMap((clip, index) => new Array<Matrix>(multiplicities[index]!).fill(clip));
  return {
    rows: drawn.reduce((sum, { rows }) => sum + rows, 0),
    columns: clips[0]!.columns,
    data: Float64Array.from(drawn.flatMap(({ data }) => [...data])),
  };
}

function drawn(count: number, seed: number): number[] {
  const uniform = uniformStream(seed);
  const multiplicities = new Array<number>(count).fill(0);
  for (let draw = 0; draw < count; draw++) multiplicities[Math.floor(uniform() * count)]! += 1;
  return multiplicities;
}

function resultOf<Value>(outcome: Outcome<Value>): Value {
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

/** Windows of each clip, columns: the Gram form, and the scatter form with several windows a clip. */
const shapes = [
  { name: 'one window a clip, fewer than columns', windows: new Array<number>(20).fill(1), columns: 33 },
  { name: 'one window a clip, more than columns', windows: new Array<number>(60).fill(1), columns: 12 },
  { name: 'several windows a clip, fewer than columns', windows: [2, 1, 3, 2, 1, 4], columns: 30 },
  { name: 'many windows a clip', windows: [20, 11, 30, 22, 15, 40, 17, 19], columns: 13 },
];

describe.each(shapes)('frechetResampler with $name', ({ windows, columns }) => {
  const system = clipsOf(windows, { columns, seed: 1 });
  const paired = clipsOf([...windows].reverse(), { columns, seed: 2 });
  const reference = normalMatrix({ rows: 5 * columns, columns, seed: 3 });
  const fixed = resultOf(frechetResampler(system, resultOf(gaussianStatistics(reference, 'the reference'))));
  const together = resultOf(frechetResampler(system, paired));

  it('gives the distance of all clips and of all but one', () => {
    const every = windows.map(() => 1);
    const expected = resultOf(frechetDistance(stacked(system, every), reference)).value;
    expect(fixed.distance(every)).toEqual({ status: 'ok', value: expect.closeTo(expected, 11) });
    for (const clip of [0, windows.length - 1]) {
      const others = every.map((_, index) => (index === clip ? 0 : 1));
      expectRelative(
        resultOf(fixed.without(clip)),
        resultOf(frechetDistance(stacked(system, others), reference)).value,
      );
      expectRelative(
        resultOf(together.without(clip)),
        resultOf(frechetDistance(stacked(system, others), stacked(paired, others))).value,
      );
    }
  });

  it.each([1, 2, 3])('gives the distance of drawn clips (seed %i)', (seed) => {
    const multiplicities = drawn(windows.length, seed);
    const rows = stacked(system, multiplicities);
    expectRelative(resultOf(fixed.distance(multiplicities)), resultOf(frechetDistance(rows, reference)).value);
    expectRelative(
      resultOf(together.distance(multiplicities)),
      resultOf(frechetDistance(rows, stacked(paired, multiplicities))).value,
    );
  });
});

describe('frechetResampler', () => {
  const clips = clipsOf([1, 1, 1, 1], { columns: 3, seed: 4 });

  it('is 0 between a set and itself, however it is drawn', () => {
    const resampler = resultOf(frechetResampler(clips, clips));
    for (const multiplicities of [
      [1, 1, 1, 1],
      [2, 0, 1, 1],
      [4, 0, 0, 0],
    ]) {
      expect(resampler.distance(multiplicities)).toEqual({ status: 'ok', value: expect.closeTo(0, 12) });
    }
  });

  it('refuses what has no covariance or does not fit', () => {
    const resampler = resultOf(frechetResampler(clips, clips));
    expect(resampler.distance([0, 1, 0, 0])).toMatchObject({ status: 'skipped' });
    expect(resampler.distance([1, 1])).toMatchObject({ status: 'failed' });
    expect(frechetResampler([], clips)).toMatchObject({ status: 'skipped' });
    expect(frechetResampler(clips, clips.slice(1))).toMatchObject({ status: 'failed' });
    const other = clipsOf([1, 1, 1, 1], { columns: 4, seed: 4 });
    expect(frechetResampler(clips, other)).toMatchObject({ status: 'failed' });
    const broken = [...clips.slice(1), { ...clips[0]!, data: Float64Array.of(1, Number.NaN, 2) }];
    expect(JSON.stringify(frechetResampler(broken, clips))).toContain('window 0 of clip 3 of the system');
  });
});

function expectRelative(actual: number, expected: number): void {
  expect(Math.abs(actual - expected) / expected).toBeLessThan(1e-9);
}
