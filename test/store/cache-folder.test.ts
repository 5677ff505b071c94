import { describe, expect, it } from 'vitest';
import { entriesToPrune } from '../../src/store/cache-folder.js';

const entry = (path: string, modifiedMs: number, bytes = 10): Parameters<typeof entriesToPrune>[0][number] => ({
  path,
  kind: 'features',
  bytes,
  modifiedMs,
});
const entries = [entry('new', 300), entry('old', 100), entry('middle', 200)];
const paths = (limits: Parameters<typeof entriesToPrune>[1]): string[] =>
  entriesToPrune(entries, limits).map(({ path }) => path);

describe('entriesToPrune', () => {
  it('takes what is older than the limit', () => {
    expect(paths({ modifiedBeforeMs: 250 })).toEqual(['old', 'middle']);
  });

  it('takes the oldest until the rest fits', () => {
    expect(paths({ maxBytes: 20 })).toEqual(['old']);
    expect(paths({ maxBytes: 19 })).toEqual(['old', 'middle']);
    expect(paths({ maxBytes: 0 })).toEqual(['old', 'middle', 'new']);
  });

  it('takes nothing when everything is within the limits', () => {
    expect(paths({ modifiedBeforeMs: 100, maxBytes: 30 })).toEqual([]);
  });
});
