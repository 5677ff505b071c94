import { describe, expect, it } from 'vitest';
import { failed, ok, skipped } from '../../src/core/outcome.js';
import { problemsOf } from '../../src/run/problems.js';

const audio = ok({ path: 'a.wav', sha256: '', sampleRateHz: 1, durationSeconds: 1, flags: [] });

describe('problemsOf', () => {
  it('names an output that was made but could not be analysed', () => {
    const features = new Map([['onset:mine/a/0', failed('x', 'broken')]]);
    expect(problemsOf({ generations: [{ key: 'mine/a/0', outcome: audio }], features })).toEqual({
      broken: ['onset:mine/a/0: broken'],
      unread: [],
    });
  });

  it('names a failed generation once, not for every encoder', () => {
    const outcome = failed('x', 'no file');
    const features = new Map([
      ['onset:mine/a/0', outcome],
      ['motion:mine/a/0', outcome],
    ]);
    expect(problemsOf({ generations: [{ key: 'mine/a/0', outcome }], features }).broken).toEqual(['mine/a/0: no file']);
  });

  it('keeps media of the suite apart, also for a system that is named like them', () => {
    const features = new Map([
      ['onset:reference/a', failed('x', 'unreadable')],
      ['motion:video/a', failed('x', 'no pictures')],
    ]);
    expect(problemsOf({ generations: [{ key: 'reference/a/0', outcome: audio }], features })).toEqual({
      broken: [],
      unread: ['onset:reference/a: unreadable', 'motion:video/a: no pictures'],
    });
  });

  it('does not call a rule a problem', () => {
    const features = new Map([['onset:mine/a/0', skipped('silence')]]);
    expect(problemsOf({ generations: [{ key: 'mine/a/0', outcome: audio }], features })).toEqual({
      broken: [],
      unread: [],
    });
  });
});
