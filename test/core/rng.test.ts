import { describe, expect, it } from 'vitest';
import { derangement, seededRng, shuffle } from '../../src/core/rng.js';

describe('seededRng', () => {
  it('gives the same numbers for the same labels and others for others', () => {
    const draw = (...labels: (string | number)[]): number[] => {
      const rng = seededRng(...labels);
      return Array.from({ length: 5 }, () => rng.next());
    };
    expect(draw('a', 1)).toEqual(draw('a', 1));
    expect(draw('a', 1)).not.toEqual(draw('a', 2));
    expect(draw('a', 12)).not.toEqual(draw('a1', 2));
  });

  it('is uniform: chi-square over 100 bins stays below the 99.9 % point', () => {
    const rng = seededRng('uniform');
    const counts = new Array<number>(100).fill(0);
    for (let draw = 0; draw < 100_000; draw++) counts[Math.floor(rng.next() * 100)]! += 1;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(148.2);
  });

  it('has normal numbers with mean 0 and variance 1', () => {
    const rng = seededRng('normal');
    const values = Array.from({ length: 50_000 }, () => rng.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.015);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  });
});

describe('derangement', () => {
  it('moves everything and loses nothing', () => {
    for (let count = 2; count < 30; count++) {
      const target = derangement(count, seededRng('derangement', count));
      expect(target.every((to, from) => to !== from)).toBe(true);
      expect([...target].sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
    }
  });

  it('refuses a single item', () => {
    expect(() => derangement(1, seededRng('x'))).toThrow('at least 2');
  });
});

describe('shuffle', () => {
  it('puts each item in each place equally often', () => {
    const rng = seededRng('shuffle');
    const counts = [0, 0, 0];
    for (let repeat = 0; repeat < 6000; repeat++) counts[shuffle(['a', 'b', 'c'], rng).indexOf('a')]! += 1;
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(180);
  });
});
