import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ok, skipped } from '../../src/core/outcome.js';
import type { FeatureCache } from '../../src/store/feature-cache.js';
import { fileFeatureCache } from '../../src/store/file-feature-cache.js';
import { memoryFeatureCache } from '../../src/store/memory-feature-cache.js';

const key = 'ab'.repeat(32);
const features = {
  tags: { rows: 2, columns: 3, data: Float32Array.of(1, 2, 3, 4, 5, 6.5) },
  empty: { rows: 0, columns: 2, data: new Float32Array(0) },
};

const implementations: [string, () => Promise<FeatureCache>][] = [
  ['memory', async () => memoryFeatureCache()],
  ['files', async () => fileFeatureCache(await mkdtemp(join(tmpdir(), 'features-')))],
];

describe.each(implementations)('feature cache in %s', (_name, open) => {
  it('gives back what was put, to the bit', async () => {
    const cache = await open();
    await cache.put(key, ok(features, ['a remark']));
    expect(await cache.get(key)).toEqual(ok(features, ['a remark']));
    expect(await cache.has(key)).toBe(true);
  });

  it('keeps a skipped outcome with its reason', async () => {
    const cache = await open();
    await cache.put(key, skipped('silent'));
    expect(await cache.get(key)).toEqual(skipped('silent'));
  });

  it('has nothing under another key', async () => {
    const cache = await open();
    expect(await cache.get(key)).toBeUndefined();
    expect(await cache.has(key)).toBe(false);
  });
});

describe('feature cache on disk', () => {
  it('treats an entry damaged anywhere as absent, never as other numbers', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'features-'));
    const cache = fileFeatureCache(folder);
    await cache.put(key, ok(features));
    const [name] = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.features'));
    const path = join(folder, name!);
    const whole = await readFile(path);
    for (const length of [0, 5, 11, 40, whole.length - 1]) {
      await writeFile(path, whole.subarray(0, length));
      expect(await cache.get(key)).toBeUndefined();
    }
    const flipped = Buffer.from(whole);
    flipped[whole.length - 3]! ^= 1;
    await writeFile(path, flipped);
    expect(await cache.get(key)).toBeUndefined();
  });
});
