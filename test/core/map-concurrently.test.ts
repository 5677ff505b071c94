import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { mapConcurrently } from '../../src/core/map-concurrently.js';

describe('mapConcurrently', () => {
  it('does every item once, with at most `jobs` at a time', async () => {
    const done: number[] = [];
    let running = 0;
    let most = 0;
    await mapConcurrently([1, 2, 3, 4, 5, 6, 7], { jobs: 3 }, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await setTimeout(2);
      running -= 1;
      done.push(item);
    });
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('starts nothing after a failure, waits for what runs, and throws the failure', async () => {
    const done: number[] = [];
    const work = mapConcurrently([1, 2, 3, 4], { jobs: 2 }, async (item) => {
      if (item === 1) throw new Error('broken');
      await setTimeout(5);
      done.push(item);
    });
    await expect(work).rejects.toThrow('broken');
    expect(done).toEqual([2]);
  });

  it('stops between items when it is aborted', async () => {
    const abort = new AbortController();
    const done: number[] = [];
    const work = mapConcurrently([1, 2, 3], { jobs: 1, signal: abort.signal }, async (item) => {
      done.push(item);
      abort.abort();
    });
    await expect(work).rejects.toThrow();
    expect(done).toEqual([1]);
  });
});
