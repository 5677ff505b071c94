import { expect, it } from 'vitest';
import {
  beatBins,
  d2mGanBeatScores,
  lorisBeatScores,
  lorisPeakPicking,
} from '../../../src/metrics/rhythm/beat-coverage-hit.js';
import { clickCases, clickSound } from '../../helpers/click-cases.js';
import { uniformStream } from '../../helpers/metric-recipe.js';
import { okValue, reasonWhy } from '../../helpers/ok-value.js';

const draw = (seed: number, count: number): number[] => {
  const uniform = uniformStream(seed);
  return Array.from({ length: count }, () => Number(uniform() < 0.6));
};

it.each([1, 2, 3])('counts seconds as set operations do: stream %d', (seed) => {
  const [reference, generated] = [draw(seed, 40), draw(seed + 50, 40)];
  const seconds = (bins: readonly number[]): number[] => bins.flatMap((bin, second) => (bin === 1 ? [second] : []));
  const both = seconds(reference).filter((second) => seconds(generated).includes(second)).length;
  const hit = both / seconds(reference).length;
  expect(okValue(d2mGanBeatScores({ reference, generated }))).toEqual({
    coverage: seconds(generated).length / seconds(reference).length,
    hit,
  });
  expect(okValue(lorisBeatScores({ reference, generated }))).toEqual({
    coverage: both / seconds(generated).length,
    hit,
  });
});

it('fills every second of steady music, which is why 1 says little', () => {
  for (const { signal } of clickCases()) {
    const bins = beatBins(clickSound(signal), { sampleRateHz: signal.sr, peakPicking: lorisPeakPicking });
    expect([...bins]).toEqual(Array(12).fill(1));
    expect(okValue(lorisBeatScores({ reference: bins, generated: bins }))).toEqual({ coverage: 1, hit: 1 });
  }
});

it('says what is not defined', () => {
  expect(reasonWhy(d2mGanBeatScores({ reference: [0, 0], generated: [1, 0] }))).toMatch(/^skipped/);
  expect(reasonWhy(lorisBeatScores({ reference: [0, 1], generated: [1] }))).toMatch(/^skipped/);
  expect(reasonWhy(d2mGanBeatScores({ reference: [1], generated: [1, 0] }))).toMatch(/^failed: .*2 seconds/);
  expect(reasonWhy(lorisBeatScores({ reference: [1], generated: [1, 0] }))).toMatch(/^failed/);
});
