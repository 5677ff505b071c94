import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probeMedia } from '../../src/media/probe.js';
import { writeWav } from '../../src/media/write-wav.js';
import { fileMediaInfoCache } from '../../src/store/media-info-cache.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-info-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function sound(name: string, seconds: number): Promise<string> {
  const path = join(folder, name);
  await writeWav(path, { sampleRateHz: 8000, channels: [new Float32Array(8000 * seconds)] });
  return path;
}

describe('fileMediaInfoCache', () => {
  it('probes a content once, whatever becomes of the file', async () => {
    const path = await sound('a.wav', 2);
    const cache = fileMediaInfoCache(join(folder, 'once'));
    const first = await cache.infoOf(path, 'a'.repeat(64));
    expect(first).toEqual(await probeMedia(path));
    expect(first.durationSeconds).toBe(2);
    await rename(path, join(folder, 'moved.wav'));
    expect(await cache.infoOf(path, 'a'.repeat(64))).toEqual(first);
  });

  it('probes again after damage and for another content', async () => {
    const [short, long] = [await sound('short.wav', 1), await sound('long.wav', 3)];
    const directory = join(folder, 'damaged');
    const cache = fileMediaInfoCache(directory);
    const info = await cache.infoOf(short, 'b'.repeat(64));
    const [entry] = (await readdir(directory, { recursive: true })).filter((name) => name.endsWith('.json'));
    const whole = await readFile(join(directory, entry!), 'utf8');
    await writeFile(join(directory, entry!), whole.slice(0, 40));
    expect(await cache.infoOf(short, 'b'.repeat(64))).toEqual(info);
    expect(await readFile(join(directory, entry!), 'utf8')).toBe(whole);
    expect((await cache.infoOf(long, 'c'.repeat(64))).durationSeconds).toBe(3);
  });

  it('keeps no failure', async () => {
    const path = join(folder, 'text.wav');
    await writeFile(path, 'no sound');
    const cache = fileMediaInfoCache(join(folder, 'failure'));
    await expect(cache.infoOf(path, 'd'.repeat(64))).rejects.toMatchObject({ code: 'not-media' });
    await expect(readdir(join(folder, 'failure'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
