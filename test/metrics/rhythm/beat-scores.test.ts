import { describe, expect, it } from 'vitest';
import { cemgilScore } from '../../../src/metrics/rhythm/beat-cemgil.js';
import { beatContinuity } from '../../../src/metrics/rhythm/beat-continuity.js';
import { beatFMeasure, onsetFMeasure } from '../../../src/metrics/rhythm/beat-f-measure.js';
import { gotoScore } from '../../../src/metrics/rhythm/beat-goto.js';
import { informationGain } from '../../../src/metrics/rhythm/beat-information-gain.js';
import { pScore } from '../../../src/metrics/rhythm/beat-p-score.js';
import { type BeatPair, trimBeats } from '../../../src/metrics/rhythm/beat-times.js';
import { countMatches } from '../../../src/metrics/rhythm/match-events.js';
import { uniformStream } from '../../helpers/metric-recipe.js';
import { okValue, reasonWhy } from '../../helpers/ok-value.js';

const steady = (count: number, { start = 0.25, interval = 0.5 } = {}): number[] =>
  Array.from({ length: count }, (_, beat) => start + beat * interval);

/** A steady reference and estimates moved by up to `spread` seconds. */
function moved(seed: number, spread: number): BeatPair {
  const uniform = uniformStream(seed);
  const reference = steady(40);
  return { reference, estimated: reference.map((beat) => beat + spread * (2 * uniform() - 1)).sort((a, b) => a - b) };
}

/** The largest matching by trying all, with augmenting paths. */
function largestMatching({ reference, estimated }: BeatPair, window: number): number {
  const partner = new Map<number, number>();
  const place = (estimate: number, seen: Set<number>): boolean =>
    reference.some((beat, index) => {
      if (seen.has(index) || beat < estimated[estimate]! - window || beat > estimated[estimate]! + window) return false;
      seen.add(index);
      const taken = partner.get(index);
      if (taken !== undefined && !place(taken, seen)) return false;
      partner.set(index, estimate);
      return true;
    });
  return estimated.filter((_, estimate) => place(estimate, new Set())).length;
}

describe('countMatches', () => {
  it.each([1, 2, 3, 4, 5, 6])('finds a largest matching: stream %d', (seed) => {
    const uniform = uniformStream(seed);
    const draw = (count: number): number[] => Array.from({ length: count }, () => 5 * uniform()).sort((a, b) => a - b);
    const pair = { reference: draw(30), estimated: draw(24) };
    for (const window of [0.02, 0.1, 0.4]) expect(countMatches(pair, window)).toBe(largestMatching(pair, window));
  });
});

const numbers = (pair: BeatPair): number[] => [
  okValue(beatFMeasure(pair)).fMeasure,
  ...Object.values(okValue(beatContinuity(pair))),
  ...Object.values(okValue(cemgilScore(pair))),
  okValue(pScore(pair)),
  okValue(gotoScore(pair)),
  okValue(informationGain(pair)),
];

describe('all beat scores', () => {
  it('are 1 for the reference itself', () => {
    for (const value of numbers({ reference: steady(30), estimated: steady(30) })) expect(value).toBeCloseTo(1, 12);
  });

  it('do not see a shift of both, and stay within 0 and 1', () => {
    const pair = moved(7, 0.12);
    // A power of two: the differences of beats keep their bits.
    const later = (beats: readonly number[]): number[] => beats.map((beat) => beat + 64);
    const shifted = numbers({ reference: later(pair.reference), estimated: later(pair.estimated) });
    for (const [index, value] of numbers(pair).entries()) {
      expect(shifted[index]).toBeCloseTo(value, 6);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
  });

  it('fall with the timing errors', () => {
    const [small, large] = [numbers(moved(3, 0.05)), numbers(moved(3, 0.25))];
    for (const [index, value] of large.entries()) expect(value).toBeLessThanOrEqual(small[index]!);
  });

  it.each([beatFMeasure, beatContinuity, cemgilScore, pScore, gotoScore, informationGain])(
    'say why there is none: %o',
    (score) => {
      const beats = steady(4);
      expect(reasonWhy(score({ reference: [], estimated: beats }))).toMatch(/^skipped: .*no reference beats/);
      expect(reasonWhy(score({ reference: beats, estimated: [1, Number.NaN] }))).toMatch(/^failed: estimated beat 1/);
      expect(reasonWhy(score({ reference: [2, 1], estimated: beats }))).toMatch(
        /^failed: reference beats must be in order/,
      );
      expect(
        Object.values({ value: okValue<unknown>(score({ reference: beats, estimated: [] })) })
          .flatMap((value) => (typeof value === 'object' ? Object.values(value as object) : [value]))
          .every((value) => value === 0),
      ).toBe(true);
    },
  );

  it('warn of beats at the same time', () => {
    const score = beatFMeasure({ reference: steady(3), estimated: [0.25, 0.25] });
    expect(score).toMatchObject({ status: 'ok', warnings: [expect.stringContaining('1 of 2 estimated beats')] });
    expect(reasonWhy(informationGain({ reference: steady(3), estimated: [0.25, 0.25] }))).toMatch(/same time/);
  });
});

describe('levels and tolerances', () => {
  it('any level accepts twice, half and off the beat, the correct level does not', () => {
    const reference = steady(40);
    const others = [steady(80, { interval: 0.25 }), steady(20, { interval: 1 }), steady(40, { start: 0.5 })];
    for (const estimated of others) {
      const { cmlTotal, amlTotal } = okValue(beatContinuity({ reference, estimated }));
      expect(cmlTotal).toBe(0);
      expect(amlTotal).toBeGreaterThan(0.95);
    }
  });

  it('one wrong beat breaks the run but not the total', () => {
    const reference = steady(21);
    const estimated = reference.map((beat, index) => (index === 10 ? beat + 0.2 : beat));
    const { cmlContinuous, cmlTotal } = okValue(beatContinuity({ reference, estimated }));
    expect(cmlContinuous).toBeCloseTo(10 / 21, 12);
    // The beat after it has a wrong interval before it.
    expect(cmlTotal).toBeCloseTo(19 / 21, 12);
  });

  it('70 ms late is a hit, 80 ms late is none, and continuity forgives both', () => {
    const reference = steady(30);
    const late = (seconds: number): BeatPair => ({ reference, estimated: reference.map((beat) => beat + seconds) });
    expect(okValue(beatFMeasure(late(0.069))).fMeasure).toBe(1);
    expect(okValue(beatFMeasure(late(0.08))).fMeasure).toBe(0);
    expect(okValue(onsetFMeasure(late(0.06))).fMeasure).toBe(0);
    expect(okValue(beatContinuity(late(0.08))).cmlTotal).toBe(1);
  });

  it('precision and recall change places with the lists', () => {
    const pair = { reference: steady(10), estimated: steady(7) };
    const own = okValue(beatFMeasure(pair));
    const turned = okValue(beatFMeasure({ reference: pair.estimated, estimated: pair.reference }));
    expect(turned).toEqual({ fMeasure: own.fMeasure, precision: own.recall, recall: own.precision });
    expect(okValue(pScore(pair))).toBe(0.7);
  });

  it('trims beats before a time and keeps the one at it', () => {
    expect(trimBeats({ reference: [4.9, 5, 6], estimated: [5.1] }, 5)).toEqual({ reference: [5, 6], estimated: [5.1] });
  });
});
