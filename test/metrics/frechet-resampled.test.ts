import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { extrapolate, sampleSizes } from '../../src/metrics/extrapolation.js';
import { frechetBootstrap } from '../../src/metrics/frechet-bootstrap.js';
import { frechetDistance, frechetFromStatistics } from '../../src/metrics/frechet-distance.js';
import { frechetInfinity } from '../../src/metrics/frechet-infinity.js';
import { frechetPerSong } from '../../src/metrics/frechet-per-song.js';
import { gaussianStatistics } from '../../src/metrics/gaussian-statistics.js';
import { resampledStatistics } from '../../src/metrics/resampled-statistics.js';
import { takeRows } from '../../src/metrics/take-rows.js';
import { normalMatrix } from '../helpers/metric-recipe.js';

const reference = normalMatrix({ rows: 300, columns: 6, seed: 1 });
const evaluated = normalMatrix({ rows: 120, columns: 6, seed: 2 });

describe('resampledStatistics', () => {
  it.each([
    ['more rows than columns', 6],
    ['fewer rows than columns', 200],
  ])('are those of the drawn rows: %s', (_, columns) => {
    const samples = normalMatrix({ rows: 30, columns, seed: 5 });
    const rng = seededRng('draws');
    const draws = Array.from({ length: 30 }, () => rng.integer(30));
    const baseline = gaussianStatistics(normalMatrix({ rows: 50, columns, seed: 6 }), 'x');
    const plain = gaussianStatistics(takeRows(samples, draws), 'y');
    if (baseline.status !== 'ok' || plain.status !== 'ok') throw new Error('no statistics');
    const resampled = resampledStatistics(samples, draws);
    const { value } = frechetFromStatistics(baseline.value, plain.value);
    expect(frechetFromStatistics(baseline.value, resampled).value / value).toBeCloseTo(1, 6);
    expect(resampled.trace).toBeCloseTo(plain.value.trace, 10);
    expect(resampled.rankBound).toBe(new Set(draws).size - 1);
  });
});

describe('extrapolation', () => {
  it('takes whole sizes up to the last, also downwards', () => {
    expect(sampleSizes({ from: 500, to: 600, count: 4 })).toEqual([500, 533, 566, 600]);
    expect(sampleSizes({ from: 500, to: 300, count: 3 })).toEqual([500, 400, 300]);
  });

  it('finds a line that is there', () => {
    const sizes = [500, 700, 1100];
    const line = extrapolate(
      sizes,
      sizes.map((size) => 0.3 + 12 / size),
    );
    expect(line.intercept).toBeCloseTo(0.3, 12);
    expect(line.slope).toBeCloseTo(12, 9);
    expect(line.rSquared).toBeCloseTo(1, 12);
    expect(() => extrapolate([500, 500], [1, 2])).toThrow('at least two');
  });
});

describe('frechetInfinity', () => {
  const options = { smallest: 30, steps: 8, rngOfStep: () => seededRng('step') };

  it('lies below the distance of the resamples, whose size biases them up', () => {
    const rng = seededRng('inf');
    const line = frechetInfinity(reference, evaluated, { ...options, steps: 25, rngOfStep: () => rng });
    if (line.status !== 'ok') throw new Error('no line');
    expect(line.value.slope).toBeGreaterThan(0);
    expect(line.value.intercept).toBeLessThan(Math.min(...line.value.points));
  });

  it('refuses sizes that do not differ and warns of sizes that descend', () => {
    expect(frechetInfinity(reference, evaluated, { ...options, smallest: 120 })).toMatchObject({
      error: { code: 'no-slope' },
    });
    expect(frechetInfinity(reference, evaluated, { ...options, smallest: 150 })).toMatchObject({
      status: 'ok',
      warnings: [expect.stringContaining('descend')],
    });
    expect(frechetInfinity(reference, evaluated, options)).not.toHaveProperty('warnings');
  });
});

describe('frechetBootstrap', () => {
  it('reflects the interval at the value, though resampling moves it up', () => {
    const result = frechetBootstrap(reference, evaluated, { resamples: 100, rng: seededRng('bootstrap') });
    if (result.status !== 'ok') throw new Error('no bootstrap');
    const { value, bias, mean, interval, resampled } = result.value;
    expect(frechetDistance(reference, evaluated)).toMatchObject({ value: { value } });
    expect(bias).toBeGreaterThan(0);
    expect(mean).toBeCloseTo(value + bias, 12);
    expect(interval.lower).toBeLessThan(value);
    expect(interval.upper).toBeLessThan(2 * value - Math.min(...resampled) + 1e-12);
  });

  it('refuses one resample and sets without statistics', () => {
    const rng = seededRng('x');
    expect(frechetBootstrap(reference, evaluated, { resamples: 1, rng }).status).toBe('failed');
    expect(frechetBootstrap(reference, takeRows(evaluated, [0]), { resamples: 9, rng }).status).toBe('skipped');
  });
});

describe('frechetPerSong', () => {
  it('refuses a short song by itself and scores the others', () => {
    const songs = [takeRows(evaluated, [0]), takeRows(evaluated, [1, 2, 3])];
    const scored = frechetPerSong(reference, songs);
    if (scored.status !== 'ok') throw new Error('no songs');
    expect(scored.value[0]).toMatchObject({ status: 'skipped', reason: expect.stringContaining('song 0 has 1') });
    expect(scored.value[1]).toMatchObject({
      status: 'ok',
      warnings: [expect.stringContaining('song 1 has 3 samples')],
    });
  });

  it('is near the exact value in half precision, but not equal', () => {
    const [exact, half] = (['float64', 'fadtk'] as const).map((precision) => {
      const scored = frechetPerSong(reference, [evaluated], { precision });
      return scored.status === 'ok' && scored.value[0]?.status === 'ok' ? scored.value[0].value : Number.NaN;
    });
    expect(half).not.toBe(exact);
    expect(Math.abs(half! / exact! - 1)).toBeLessThan(0.02);
  });
});
