import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { demoMaker } from '../../src/suites/demo-maker.js';
import { framesSha256 } from '../../src/suites/demo-world/index.js';
import type * as makeSuiteModule from '../../src/suites/make-suite.js';
import type { ClipToMake } from '../../src/suites/make-suite.js';

// Threads start from the built files only, so this goes through `dist`, which the test run builds first.
const built = new URL('../../dist/suites/make-suite.js', import.meta.url).href;
const { makeSuite } = (await import(built)) as typeof makeSuiteModule;

const root = mkdtempSync(join(tmpdir(), 'bench-threads-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const place = { file: 'clips.csv', line: 2 };
const unknown = '0'.repeat(64);

/** A scene of one second with the hashes that it really has. */
function scene(id: string, seed: number): ClipToMake {
  const cells = {
    ...{ id, split: 'test', seed: String(seed), duration_seconds: '1', cuts: '', motion: '0:0.5', hits: '' },
    ...{ palette: 'ocean', brightness: '0.5', valence: '0', arousal: '0', frames_sha256: unknown, pcm_sha256: unknown },
  };
  const { frames, pcmSha256 } = demoMaker.read(cells, place).render();
  const hashed = { ...cells, frames_sha256: framesSha256(frames), pcm_sha256: pcmSha256 };
  return { script: demoMaker.read(hashed, place), cells: hashed, place };
}

describe('makeSuite in threads', () => {
  it('gives each thread one clip after the other', async () => {
    const clips = ['a', 'b', 'c', 'd', 'e', 'f'].map(scene);
    const folder = join(root, 'all');
    await makeSuite(clips, { folder, jobs: 2, threads: true });
    expect(readdirSync(folder).filter((name) => name.endsWith('.json'))).toHaveLength(6);
    expect(readdirSync(folder)).toHaveLength(18);
  });

  it('brings the error of a thread back as it was', async () => {
    const good = scene('good', 1);
    const wrong = { ...good.cells, id: 'wrong', pcm_sha256: unknown };
    const bad = { script: demoMaker.read(wrong, place), cells: wrong, place };
    const making = makeSuite([bad, good], { folder: join(root, 'bad'), jobs: 2, threads: true });
    await expect(making).rejects.toMatchObject({ name: 'BenchError', code: 'made-clip-differs' });
  });

  it('stops on request', async () => {
    const clips = ['a', 'b', 'c', 'd'].map(scene);
    const abort = new AbortController();
    const options = { folder: join(root, 'stopped'), jobs: 2, threads: true, signal: abort.signal };
    const making = makeSuite(clips, { ...options, onProgress: () => abort.abort() });
    await expect(making).rejects.toMatchObject({ kind: 'interrupted' });
    expect(readdirSync(options.folder).filter((name) => name.endsWith('.json')).length).toBeLessThan(4);
  });
});
