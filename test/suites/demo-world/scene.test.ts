import { describe, expect, it } from 'vitest';
import { paletteNames, parseScene, speedAt } from '../../../src/suites/demo-world/scene.js';
import { demoRows, demoScripts, testScripts } from './demo-clips.js';

const place = { file: 'clips.csv', line: 5 };

describe('the shipped scripts', () => {
  it('are 24 test clips and 12 for the pool, four and two of each palette', () => {
    expect(demoScripts).toHaveLength(36);
    expect(testScripts).toHaveLength(24);
    expect(new Set(demoScripts.map((script) => script.id)).size).toBe(36);
    const countOf = (palette: string, scripts = testScripts): number =>
      scripts.filter((script) => script.palette === palette).length;
    expect(paletteNames.map((palette) => countOf(palette))).toEqual([4, 4, 4, 4, 4, 4]);
    const poolScripts = demoScripts.filter((script) => !testScripts.includes(script));
    expect(paletteNames.map((palette) => countOf(palette, poolScripts))).toEqual([2, 2, 2, 2, 2, 2]);
  });

  it('last 10 to 14 s, and have cuts, hits and passages of rest and of motion', () => {
    for (const script of demoScripts) {
      expect(script.durationSeconds).toBeGreaterThanOrEqual(10);
      expect(script.durationSeconds).toBeLessThanOrEqual(14);
      expect(script.cutSeconds.length).toBeGreaterThan(0);
      expect(script.hitSeconds.length).toBeGreaterThan(2);
      const speeds = script.speedPoints.map((point) => point.speed);
      expect(Math.min(...speeds)).toBeLessThan(0.1);
      expect(Math.max(...speeds)).toBeGreaterThan(0.6);
    }
  });
});

describe('parseScene', () => {
  it.each([
    ['palette', 'mauve', /line 5, column palette.*expected.*ember.*got "mauve"/],
    ['cuts', '4;2', /column cuts.*times that rise/],
    ['cuts', '99', /column cuts.*got 99/],
    ['hits', '1;x', /column hits.*got "1;x"/],
    ['motion', '', /column motion.*TIME:SPEED/],
    ['motion', '0:0.5;1:2', /column motion.*speed/],
    ['valence', '1.5', /column valence.*-1 to 1/],
    ['duration_seconds', '', /column duration_seconds.*decimal/],
    ['frames_sha256', 'abc', /column frames_sha256.*64 hexadecimal/],
  ])('refuses a bad %s: %s', (column, value, message) => {
    expect(() => parseScene({ ...demoRows[0]!, [column]: value }, place)).toThrow(message);
  });

  it('refuses a row without a column', () => {
    const { seed: _, ...rest } = demoRows[0]!;
    expect(() => parseScene(rest, place)).toThrow(/clips\.csv: line 5, column seed/);
  });
});

describe('speedAt', () => {
  const speedPoints = [
    { timeSeconds: 1, speed: 0.2 },
    { timeSeconds: 3, speed: 0.6 },
  ];
  const script = { ...testScripts[0]!, speedPoints };

  it('is straight between the points and level outside', () => {
    expect([0, 1, 2, 3, 9].map((seconds) => speedAt(script, seconds))).toEqual([0.2, 0.2, 0.4, 0.6, 0.6]);
  });
});
