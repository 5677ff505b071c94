import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../src/core/features.js';
import { metricById } from '../../src/metrics/index.js';
import type { PairedMetric } from '../../src/metrics/metric.js';

const klPasst = metricById('kl-passt-s-10s-ref-gen') as PairedMetric;

import { klOfWindowsUnder } from '../../src/metrics/kl-of-windows.js';

const logits = (...rows: number[][]): FeatureMatrix => ({
  ...{ rows: rows.length, columns: rows[0]!.length },
  data: Float32Array.from(rows.flat()),
});

/** KL(target ‖ audio) of two softmax distributions. */
function kl(audio: readonly number[], target: readonly number[]): number {
  const softmax = (values: readonly number[]): number[] => {
    const total = values.reduce((sum, value) => sum + Math.exp(value), 0);
    return values.map((value) => Math.exp(value) / total);
  };
  const [q, p] = [softmax(audio), softmax(target)];
  return p.reduce((sum, value, index) => sum + value * Math.log(value / q[index]!), 0);
}

describe('klOfWindowsUnder', () => {
  const each = klOfWindowsUnder(klPasst.compare, { klOfWindows: 'each-window' });

  it('averages the KL of the windows, which is not the KL of the averages', () => {
    const [audio, target] = [logits([0, 1, 2], [3, 0, 0]), logits([1, 1, 0], [0, 2, 1])];
    const outcome = each(audio, target);
    const expected = (kl([0, 1, 2], [1, 1, 0]) + kl([3, 0, 0], [0, 2, 1])) / 2;
    expect(outcome.status === 'ok' && outcome.value).toBeCloseTo(expected, 12);
    const plain = klPasst.compare(audio, target);
    expect(plain.status === 'ok' && plain.value).not.toBeCloseTo(expected, 3);
  });

  it('compares the windows that both have, and says so', () => {
    const outcome = each(logits([0, 1], [5, 0]), logits([1, 1]));
    expect(outcome).toMatchObject({ status: 'ok', warnings: ['1 windows have no partner and are left out'] });
    expect(outcome.status === 'ok' && outcome.value).toBeCloseTo(kl([0, 1], [1, 1]), 12);
    expect(each({ rows: 0, columns: 2, data: new Float32Array(0) }, logits([1, 1])).status).toBe('skipped');
  });

  it('is the metric itself for mean logits', () => {
    expect(klOfWindowsUnder(klPasst.compare, { klOfWindows: 'mean-logits' })).toBe(klPasst.compare);
  });
});
