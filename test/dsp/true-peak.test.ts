import { describe, expect, it } from 'vitest';
import { truePeakDb } from '../../src/dsp/true-peak.js';
import { loudnessCases, loudnessSignal } from '../helpers/loudness-cases.js';

const cases = loudnessCases();
const peakOfCase = (one: (typeof cases)[number]): number =>
  Math.max(0, ...(one.true_peak ?? []).map(({ itu_annex2_4x }) => itu_annex2_4x));

describe('truePeakDb', () => {
  // The long EBU tones have the same peak in every period: the short cases say as much.
  const short = cases.filter(({ id }) => !id.startsWith('ebu'));

  it.each(short.filter((one) => peakOfCase(one) > 0))('equals annex 2 of BS.1770-4: $id', (one) => {
    const outcome = truePeakDb(loudnessSignal(one));
    if (outcome.status !== 'ok') throw new Error(outcome.status);
    expect(Math.abs(10 ** (outcome.value / 20) - peakOfCase(one))).toBeLessThan(1e-9);
    const officialDb = one.official?.true_peak_db;
    if (officialDb !== undefined) {
      expect(outcome.value).toBeGreaterThan(officialDb - 0.4);
      expect(outcome.value).toBeLessThan(officialDb + 0.2);
    }
  });

  it.each(short.filter((one) => peakOfCase(one) === 0))('is skipped: $id', (one) => {
    expect(truePeakDb(loudnessSignal(one)).status).toBe('skipped');
  });
});
