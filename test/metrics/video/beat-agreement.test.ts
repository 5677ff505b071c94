import { describe, expect, it } from 'vitest';
import { beatAgreement } from '../../../src/metrics/video/beat-agreement.js';
import { annotated, events, every, valueIn } from './times.js';

const metric = (id: string) => beatAgreement.find((candidate) => candidate.id === id)!;
const steady = every(0.5, 12, 0.25);
const names = ['beat-f-measure', 'beat-cmlt', 'beat-amlt'];

describe('agreement of beats', () => {
  it('is 1 for the true beats, annotated or heard in the reference', () => {
    for (const name of names) {
      expect(valueIn(metric(name).compare(events(steady, 12), annotated(steady)))).toBe(1);
      const heard = metric(`${name}-estimated-reference`);
      expect(valueIn(heard.compare(events(steady, 12), events(steady, 12)))).toBe(1);
      expect([metric(name).against, heard.against]).toEqual(['annotations', 'reference']);
    }
  });

  it('knows the usual mistakes: half the tempo, off the beat, all 80 ms late', () => {
    const half = events(
      steady.filter((_, index) => index % 2 === 0),
      12,
    );
    expect(valueIn(metric('beat-f-measure').compare(half, annotated(steady)))).toBeCloseTo(2 / 3, 12);
    expect(valueIn(metric('beat-cmlt').compare(half, annotated(steady)))).toBe(0);
    expect(valueIn(metric('beat-amlt').compare(half, annotated(steady)))).toBe(1);
    const off = events(every(0.5, 12, 0.5), 12);
    expect(valueIn(metric('beat-f-measure').compare(off, annotated(steady)))).toBe(0);
    const late = events(every(0.5, 12, 0.33), 12);
    expect(valueIn(metric('beat-f-measure').compare(late, annotated(steady)))).toBe(0);
    expect(valueIn(metric('beat-cmlt').compare(late, annotated(steady)))).toBe(1);
  });

  it('counts the beats before 5 s too', () => {
    const wrongStart = events([0.5, 1, 1.5, 2, ...steady.filter((time) => time > 5)], 12);
    const value = valueIn(metric('beat-f-measure').compare(wrongStart, annotated(steady)));
    expect(value).toBeCloseTo((2 * 14) / (18 + 24), 12);
  });

  it('compares the time that both have, and falls when the music is rotated', () => {
    const short = events(every(0.5, 6, 0.25), 6);
    expect(valueIn(metric('beat-f-measure').compare(short, annotated(steady)))).toBe(1);
    const { rotate, compare } = metric('beat-f-measure');
    expect(valueIn(compare(rotate!(events(steady, 12), 0.1875), annotated(steady)))).toBe(0);
  });

  it('is skipped without beats on either side', () => {
    for (const { compare } of beatAgreement) {
      expect(compare(events([]), events(steady))).toMatchObject({ reason: 'there are no beats of the music' });
      expect(compare(events(steady), events([])).status).toBe('skipped');
      expect(compare(events([2, 1]), events(steady)).status).toBe('failed');
    }
  });
});
