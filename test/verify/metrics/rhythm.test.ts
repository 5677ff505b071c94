import { describe, expect, it } from 'vitest';
import { statusOf } from '../../../src/verify/case-line.js';
import { rhythm } from '../../../src/verify/metrics/rhythm.js';
import { changedLine, linesOf, unfilled } from '../../helpers/verify-family.js';

describe('the family rhythm', () => {
  it('passes every case', async () => {
    const lines = await linesOf(rhythm, 'rhythm');
    expect(unfilled(lines)).toEqual([]);
    expect(lines.length).toBeGreaterThan(100);
  }, 60_000);

  it.each([
    ['avalign-0', ['ref'], 0.05, /^iou is /],
    ['bcs-bins-0', ['ref', 'd2m_gan_cover_hit', 0], 0.81, /^cover-hit.0 is /],
    ['beat-jitter', ['ref', 'trim_5s', 'continuity', 'AMLc'], 0.21, /^continuity.2 is /],
    ['beat-noise-90ms', ['ref', 'no_trim', 'information_gain'], 0.31, /^information_gain is /],
    ['beat-one-each', ['ref', 'no_trim', 'f_measure'], 0.5, /^f_measure is /],
    ['librosa-clicks-90', ['out', 'onset_frames', 3], 100, /^onset_frames.3 is 98, expected 100/],
    ['librosa-deg-silence', ['ref', 'onset_strength_max'], 0.1, /^onset_strength_max is /],
  ] as const)('fails %s when a golden value is another one', async (id, path, value, broken) => {
    expect(await changedLine(rhythm, { family: 'rhythm', id, path, value })).toMatch(broken);
  });

  it('takes one event a frame off, and not two', async () => {
    const shifted = (places: readonly number[]): Promise<string> => {
      const frames = [11, 40, 69, 98, 126, 155, 184, 212, 241, 270, 299, 327, 356, 385, 413, 442, 471, 499];
      const value = frames.map((frame, place) => (places.includes(place) ? frame + 1 : frame));
      return changedLine(rhythm, { family: 'rhythm', id: 'librosa-clicks-90', path: ['out', 'onset_frames'], value });
    };
    expect(await shifted([4])).toBe('');
    expect(await shifted([4, 9])).toMatch(/^onset_frames.moved is 2/);
  });

  it('fails a case of an unknown metric', async () => {
    const lines = await linesOf(rhythm, 'rhythm', ({ cases: [first] }) => ({
      family: 'rhythm',
      cases: [{ ...first, metric: 'swing' }],
    }));
    expect(lines.map(statusOf)).toEqual(['failed']);
  });
});
