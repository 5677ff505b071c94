import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { mcnemarExact } from '../../src/stats/mcnemar.js';
import { signTest } from '../../src/stats/sign-test.js';
import { signTestPower, signTestSize } from '../../src/stats/sign-test-size.js';
import { okValue, reasonWhy } from '../helpers/ok-value.js';

describe('signTest', () => {
  it('mirrors when wins and losses are exchanged', () => {
    const [for_, against] = [okValue(signTest(13, { decisions: 18 })), okValue(signTest(5, { decisions: 18 }))];
    expect(for_.twoSided).toBe(against.twoSided);
    expect(for_.greater).toBe(against.less);
    expect(for_.midPTwoSided).toBeLessThan(for_.twoSided);
  });

  it('keeps its level under the null', () => {
    const rng = seededRng('sign-test', 1);
    const decisions = 40;
    let found = 0;
    for (let repetition = 0; repetition < 4000; repetition++) {
      const wins = Array.from({ length: decisions }, () => rng.integer(2)).reduce((sum, win) => sum + win, 0);
      if (okValue(signTest(wins, { decisions })).twoSided <= 0.05) found++;
    }
    // The exact level here is 0.0385.
    expect(found / 4000).toBeGreaterThan(0.028);
    expect(found / 4000).toBeLessThan(0.05);
  });

  it('says what it cannot test', () => {
    expect(reasonWhy(signTest(0, { decisions: 0 }))).toMatch(/^skipped: no decisive votes/);
    expect(reasonWhy(signTest(4, { decisions: 3 }))).toMatch(/^failed: .*4 of 3/);
    expect(reasonWhy(signTest(1.5, { decisions: 3 }))).toMatch(/^failed/);
  });
});

describe('signTestSize', () => {
  it('is the first number with the power, and every number from the other on has it', () => {
    const design = { winShare: 0.68, alpha: 0.05, power: 0.75 };
    const { first, keptFrom, powerAtFirst } = okValue(signTestSize(design));
    expect(signTestPower(first, design)).toBe(powerAtFirst);
    for (let n = 1; n < first; n++) expect(signTestPower(n, design)).toBeLessThan(0.75);
    expect(signTestPower(keptFrom - 1, design)).toBeLessThan(0.75);
    for (let n = keptFrom; n < keptFrom + 300; n++) expect(signTestPower(n, design)).toBeGreaterThanOrEqual(0.75);
  });

  it('asks the same of a share and its mirror image', () => {
    const of = (winShare: number) => okValue(signTestSize({ winShare, alpha: 0.05, power: 0.8 }));
    expect(of(0.3).first).toBe(of(0.7).first);
    expect(of(0.3).keptFrom).toBe(of(0.7).keptFrom);
  });

  it('refuses shares that nothing finds', () => {
    expect(reasonWhy(signTestSize({ winShare: 0.5, alpha: 0.05, power: 0.8 }))).toMatch(/1\/2/);
    expect(reasonWhy(signTestSize({ winShare: 0.501, alpha: 0.05, power: 0.8 }))).toMatch(/decisions are needed/);
    expect(reasonWhy(signTestSize({ winShare: 0.6, alpha: 0, power: 0.8 }))).toMatch(/between 0 and 1/);
  });
});

describe('mcnemarExact', () => {
  it('does not see which system is first, nor pairs that agree', () => {
    expect(mcnemarExact({ onlyFirst: 3, onlySecond: 9 })).toEqual(mcnemarExact({ onlyFirst: 9, onlySecond: 3 }));
    expect(reasonWhy(mcnemarExact({ onlyFirst: 0, onlySecond: 0 }))).toMatch(/^skipped/);
    expect(reasonWhy(mcnemarExact({ onlyFirst: -1, onlySecond: 2 }))).toMatch(/^failed/);
  });
});
