import { cp, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { bench, startBench, testCache } from '../helpers/cli.js';

/** A cache with the clips of the demo and no features, so that the kills hit the computing of features too. */
async function cacheWithoutFeatures(): Promise<NodeJS.ProcessEnv> {
  const cache = await mkdtemp(join(tmpdir(), 'bench-kill-cache-'));
  await cp(join(testCache, 'suites'), join(cache, 'suites'), { recursive: true });
  return { BENCH_CACHE_DIR: cache };
}

const command = (folder: string): string[] => [
  ...[
    'run',
    '--suite',
    'demo',
    '--limit',
    '4',
    '--systems',
    'reference,shuffled,composer,noise',
    '--out',
    folder,
    '--quiet',
  ],
];

describe('kill -9 at ten random moments', { timeout: 600_000 }, () => {
  it('leaves a run that the same command brings to the same leaderboard', async () => {
    expect((await bench(['suites', 'make', 'demo', '--quiet'])).exitCode).toBe(0);
    const undisturbed = await mkdtemp(join(tmpdir(), 'bench-undisturbed-'));
    const startedMs = performance.now();
    expect((await bench(command(undisturbed), { env: await cacheWithoutFeatures() })).exitCode).toBe(0);
    const wallMs = performance.now() - startedMs;

    const folder = await mkdtemp(join(tmpdir(), 'bench-killed-'));
    const env = await cacheWithoutFeatures();
    const rng = seededRng('kill moments');
    let kills = 0;
    for (let attempt = 0; attempt < 10; attempt++) {
      const { process: child, result } = startBench(command(folder), { env });
      // The first kills come early in the run's life, so that there is work left for the later ones.
      await setTimeout(wallMs * (0.1 + 0.5 * rng.next()) * (attempt < 5 ? 0.5 : 1));
      if (child.kill('SIGKILL')) kills += 1;
      await result;
    }
    expect(kills).toBeGreaterThan(0);

    const last = await bench(command(folder), { env });
    expect(last.stderr).toBe('');
    expect(last.exitCode).toBe(0);
    const boards = [undisturbed, folder].map((path) => readFile(join(path, 'leaderboard.json'), 'utf8'));
    const [expected, got] = await Promise.all(boards);
    expect(got).toBe(expected);
    expect(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')).status).toBe('complete');
  });
});
