import { describe, expect, it } from 'vitest';
import { blindGuessSeconds, desync, meanOffset } from '../../../src/metrics/video/desync.js';
import { matrix } from '../../helpers/scoring-world.js';

const peakAt = (index: number): number[] => Array.from({ length: 21 }, (_, place) => (place === index ? 1 : -place));

describe('desync', () => {
  it.each([
    [[10, 10], 0],
    [[0, 20], 2],
    [[9, 11], 0.2],
    [[10, 15], 0.5],
  ])('of the classes %j is %f s', (classes, seconds) => {
    const outcome = desync.measure(matrix(classes.map(peakAt)));
    expect(outcome).toMatchObject({ status: 'ok' });
    if (outcome.status === 'ok') expect(outcome.value).toBeCloseTo(seconds, 12);
  });

  it('agrees with the golden facts of the official code', () => {
    // Logits of fixtures/encoders/synchformer, logits.npy, to two decimals; its facts: 0.2 s and 1.0 s.
    const [first, second] = goldenLogits.map((rows) => meanOffset(matrix(rows)));
    expect(first).toEqual({ status: 'ok', value: 0.2 });
    expect(second).toEqual({ status: 'ok', value: 1 });
  });

  it('takes the first of equal logits, as torch.argmax', () => {
    expect(meanOffset(matrix([Array(21).fill(3)]))).toEqual({ status: 'ok', value: 2 });
  });

  it('says what a guess scores: the mean of 0, 0.2 to 2 on both sides', () => {
    expect(blindGuessSeconds()).toBeCloseTo(22 / 21, 12);
    expect(desync.blindGuess).toContain('1.048 s');
  });

  it('refuses what it cannot read', () => {
    expect(meanOffset({ rows: 0, columns: 21, data: new Float32Array() })).toMatchObject({ status: 'skipped' });
    expect(meanOffset(matrix([[1, 2]]))).toMatchObject({ status: 'failed', error: { code: 'dimensions-differ' } });
    expect(meanOffset(matrix([Array(21).fill(Number.NaN)]))).toMatchObject({ error: { code: 'not-finite' } });
  });
});

const goldenLogits = [
  [
    [
      -0.58, 0.87, 0.58, 1.42, 0.13, 3.58, 2.33, -3.01, 3.17, -2.34, -2.58, 6.11, -2.66, -1.5, -3.22, -2.29, -2.72,
      0.75, 1.52, 2.96, 0.31,
    ],
    [
      0.05, 2.2, 0.33, 2.26, -0.96, 4.58, 1.97, -4.0, 2.32, -3.56, -2.69, 4.9, -2.76, -0.84, -4.59, -0.97, -1.38, -0.45,
      0.92, 1.93, -1.54,
    ],
  ],
  [
    [
      0.53, -0.64, 0.07, 0.19, 2.19, 4.88, 1.18, -3.11, 1.23, -3.18, -2.56, 1.88, -2.28, 0.36, -3.01, -1.91, -2.59,
      -2.16, 2.37, 1.61, 2.89,
    ],
    [
      2.85, 0.68, 1.22, 0.37, 1.9, 4.55, 3.27, -3.55, 1.65, -2.37, -3.74, 3.21, -3.13, -0.41, -3.9, -0.86, -0.92, -2.32,
      0.69, 1.54, 1.68,
    ],
  ],
];
