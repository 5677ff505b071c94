import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { findModel } from '../../src/models/catalogue.js';
import { openModel } from '../../src/models/session.js';
import type * as poolModule from '../../src/models/session-pool.js';

// Threads start from the built files only, so this goes through `dist`, which the test run builds first.
const built = new URL('../../dist/models/session-pool.js', import.meta.url);
const { openSessionPool } = (await import(built.href)) as typeof poolModule;

const model = findModel('musicnn-mtt');
const pool = await openSessionPool(model, { size: 2 });
afterAll(() => pool[Symbol.asyncDispose]());

function feedsOf(seed: number): { logmel: { data: Float32Array; dims: number[] } } {
  const data = Float32Array.from({ length: 187 * 96 }, (_, index) => ((index * 7919 + seed * 104729) % 1000) / 250);
  return { logmel: { data, dims: [1, 187, 96] } };
}

describe('openSessionPool', () => {
  it('names the ports as a session does and gives the same bits, however many runs at a time', async () => {
    await using session = await openModel(model);
    expect(pool.inputNames).toEqual(session.inputNames);
    expect(pool.outputNames).toEqual(session.outputNames);
    const seeds = [1, 2, 3, 4, 5];
    const pooled = await Promise.all(seeds.map((seed) => pool.run(feedsOf(seed), ['tags', 'penultimate'])));
    for (const [index, seed] of seeds.entries()) {
      expect(pooled[index]).toEqual(await session.run(feedsOf(seed), ['tags', 'penultimate']));
    }
  });

  it('leaves the caller its inputs', async () => {
    const feeds = feedsOf(1);
    await pool.run(feeds, ['tags']);
    expect(feeds.logmel.data).toHaveLength(187 * 96);
  });

  it('refuses changed weights as a session does', async () => {
    const tampered = { ...model, card: { ...model.card, sha256: '0'.repeat(64) } };
    await expect(openSessionPool(tampered, { size: 1 })).rejects.toMatchObject({
      name: 'BenchError',
      code: 'weights-changed',
    });
  });

  it('lets a process end that never disposed of it', () => {
    const script = `
      const { openSessionPool } = await import(${JSON.stringify(built.href)});
      const { findModel } = await import(${JSON.stringify(new URL('../../dist/models/catalogue.js', import.meta.url).href)});
      const pool = await openSessionPool(findModel('musicnn-mtt'), { size: 2 });
      const feeds = { logmel: { data: new Float32Array(187 * 96), dims: [1, 187, 96] } };
      await Promise.all([pool.run(feeds, ['tags']), pool.run(feeds, ['tags'])]);
      console.log('ran');`;
    const cwd = fileURLToPath(new URL('../..', import.meta.url));
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd, timeout: 20_000 });
    expect(printed.toString().trim()).toBe('ran');
  });
});
