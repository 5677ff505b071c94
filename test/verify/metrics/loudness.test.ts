import { describe, expect, it } from 'vitest';
import { loudness } from '../../../src/verify/metrics/loudness.js';
import { changedLine, linesOf, unfilled } from '../../helpers/verify-family.js';

describe('the family loudness', () => {
  it('passes every case', async () => {
    const lines = await linesOf(loudness, 'loudness');
    expect(unfilled(lines)).toEqual([]);
    expect(lines.length).toBeGreaterThan(80);
  }, 180_000);

  it.each([
    ['mono-one-channel', ['expected_bs1770', 'lufs'], -26, /^lufs is /],
    ['deg-dc', ['expected_bs1770', 'abs_gated'], 2, /^abs_gated is 1, expected 2/],
    ['deg-impulse', ['true_peak', 1, 'itu_annex2_4x'], 1, /^itu_annex2_4x.1 is /],
    ['truepeak-2', ['official', 'true_peak_db'], -5.7, /^true_peak_db is /],
    ['deg-shorter-than-400ms', ['outcome'], 'value', /refused/],
    ['deg-exactly-400ms', ['outcome'], 'refuse', /expected a refusal/],
    ['deg-silence', ['expected_bs1770', 'lufs'], -70, /expected_bs1770/],
  ] as const)('fails %s when %j is another one', async (id, path, value, broken) => {
    expect(await changedLine(loudness, { family: 'loudness', id, path, value })).toMatch(broken);
  });

  it('measures the sound that is described, not the one that is known', async () => {
    const quieter = { id: 'mono-one-channel', family: 'loudness', path: ['signal', 'sections', 0, 1], value: -24 };
    expect(await changedLine(loudness, quieter)).toMatch(/^lufs is -27\.0/);
  });
});
