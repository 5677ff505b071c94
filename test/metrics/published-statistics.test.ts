import { describe, expect, it } from 'vitest';
import { frechetToStatistics } from '../../src/metrics/families/frechet-to-statistics.js';
import { frechetDistance } from '../../src/metrics/frechet-distance.js';
import { publishedStatistics } from '../../src/metrics/published-statistics.js';
import { importedSpaces } from '../../src/metrics/spaces.js';
import { normalStream } from '../helpers/metric-recipe.js';

const columns = 5;

function samples(seed: number, rows: number): { rows: number; columns: number; data: Float32Array } {
  const normal = normalStream(seed);
  return { rows, columns, data: Float32Array.from({ length: rows * columns }, () => normal() + seed / 10) };
}

/** Mean and covariance by their definitions. */
function momentsOf({ rows, data }: ReturnType<typeof samples>): Parameters<typeof publishedStatistics>[0] {
  const mean = new Float64Array(columns);
  data.forEach((value, index) => {
    mean[index % columns]! += value / rows;
  });
  const covariance = new Float64Array(columns * columns);
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < columns; i++)
      for (let j = 0; j < columns; j++)
        covariance[i * columns + j]! +=
          ((data[row * columns + i]! - mean[i]!) * (data[row * columns + j]! - mean[j]!)) / (rows - 1);
  return { mean, covariance: { rows: columns, columns, data: covariance }, count: rows };
}

describe('published statistics', () => {
  const reference = samples(1, 60);
  const system = samples(2, 40);
  const space = importedSpaces[0]!;

  it('give the distance that the samples behind them give', () => {
    const statistics = publishedStatistics(momentsOf(reference));
    const direct = frechetDistance(reference, system);
    if (statistics.status !== 'ok' || direct.status !== 'ok') expect.fail('no statistics');
    const metric = frechetToStatistics({ space, name: 'pop', statistics: statistics.value });
    expect(metric.id).toBe('frechet-vggish-to-pop');
    const value = metric.compute([system], []);
    expect(value.status === 'ok' && value.value).toBeCloseTo(direct.value.value, 10);
  });

  it('are refused where they are no mean and covariance', () => {
    const good = momentsOf(reference);
    const changed = (index: number, value: number): Parameters<typeof publishedStatistics>[0] => {
      const data = good.covariance.data.slice();
      data[index] = value;
      return { ...good, covariance: { ...good.covariance, data } };
    };
    expect(JSON.stringify(publishedStatistics(changed(1, 50)))).toContain('not symmetric');
    expect(JSON.stringify(publishedStatistics(changed(0, -1)))).toContain('variance 0 is below 0');
    expect(JSON.stringify(publishedStatistics(changed(7, Number.NaN)))).toContain('row 1 of the covariance');
    expect(JSON.stringify(publishedStatistics({ ...good, mean: good.mean.slice(1) }))).toContain('4 values');
  });

  it('of another width are refused by name', () => {
    const statistics = publishedStatistics(momentsOf(reference));
    if (statistics.status !== 'ok') expect.fail('no statistics');
    const metric = frechetToStatistics({ space, name: 'pop', statistics: statistics.value });
    const narrow = { rows: 3, columns: 2, data: Float32Array.of(1, 2, 3, 4, 5, 7) };
    expect(JSON.stringify(metric.compute([narrow], []))).toContain('2 dimensions, the statistics 5');
  });
});
