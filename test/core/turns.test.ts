import { describe, expect, it } from 'vitest';
import { createTurns } from '../../src/core/turns.js';

describe('createTurns', () => {
  it('lets so many go at a time, in the order in which they asked, whether or not they fail', async () => {
    const turns = createTurns(2);
    let going = 0;
    let most = 0;
    const started: number[] = [];
    const works = Array.from({ length: 7 }, (_, index) =>
      turns(async () => {
        started.push(index);
        most = Math.max(most, ++going);
        await new Promise((resolve) => setTimeout(resolve, 5));
        going -= 1;
        if (index === 2) throw new Error('told to');
        return index;
      }),
    );
    const settled = await Promise.allSettled(works);
    expect(started).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(most).toBe(2);
    expect(settled.map(({ status }) => status === 'fulfilled')).toEqual([true, true, false, true, true, true, true]);
    expect(await turns(async () => 'again')).toBe('again');
  });
});
