import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { locateBinaries } from '../../src/media/binaries.js';
import { bench, bundledFfmpeg, packageRoot } from '../helpers/cli.js';

const execute = promisify(execFile);

describe('commands on small runs', { timeout: 120_000 }, () => {
  let folder: string;
  const inFolder = (name: string): string => join(folder, name);
  const run = (name: string, ...more: string[]): ReturnType<typeof bench> =>
    bench(
      [
        ...['run', '--suite', inFolder('videos'), '--systems', 'composer,noise', '--out', inFolder(name), '--quiet'],
        ...['--metrics', 'av-align-framediff,dynamics-correlation', ...more],
      ],
      { env: bundledFfmpeg },
    );

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-commands-'));
    await execute('mkdir', [inFolder('videos')]);
    for (const [index, size] of ['160x90', '176x144', '320x180'].entries()) {
      const picture = `testsrc2=size=${size}:rate=12:duration=6`;
      const options = ['-f', 'lavfi', '-i', picture, '-pix_fmt', 'yuv420p', inFolder(`videos/clip${index}.mp4`)];
      await execute(locateBinaries().ffmpeg, ['-v', 'error', ...options]);
    }
    for (const [name, seed] of [
      ['a', '0'],
      ['b', '1'],
    ] as const) {
      const result = await run(name, '--seed', seed);
      expect(result.exitCode, result.stderr).toBe(0);
    }
  }, 120_000);

  it('makes another noise for every clip, and the same again for the same seed', async () => {
    const hashes = async (name: string): Promise<string[]> =>
      (await readFile(inFolder(`${name}/generations.jsonl`), 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
        .filter(({ systemId }) => systemId === 'noise')
        .map(({ outcome }) => outcome.value.sha256)
        .sort();
    await run('again', '--seed', '0');
    expect(await hashes('again')).toEqual(await hashes('a'));
    expect(new Set([...(await hashes('a')), ...(await hashes('b'))]).size).toBe(6);
  });

  it('compare prints paired differences of systems of the same name', async () => {
    const { exitCode, stdout } = await bench(['compare', inFolder('a'), inFolder('b'), '--json']);
    expect(exitCode).toBe(0);
    const rows = JSON.parse(stdout);
    expect(rows).toHaveLength(4);
    for (const { systemA, systemB, clipCount } of rows) {
      expect(systemA).toBe(systemB);
      expect(clipCount).toBe(3);
    }
  });

  it('compare notes that runs were computed on unlike providers', async () => {
    await cp(inFolder('b'), inFolder('elsewhere'), { recursive: true });
    const path = inFolder('elsewhere/manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8'));
    manifest.environment.executionProvider = 'cuda';
    await writeFile(path, JSON.stringify(manifest));
    const other = await bench(['compare', inFolder('a'), inFolder('elsewhere'), '--json']);
    expect(other.exitCode, other.stderr).toBe(0);
    expect(other.stderr).toContain('A was computed on cpu, B on cuda');
    const same = await bench(['compare', inFolder('a'), inFolder('b'), '--json']);
    expect(same.stderr).not.toContain('computed on');
    expect(JSON.parse(other.stdout)).toEqual(JSON.parse(same.stdout));
  });

  it('compare refuses runs over another window, naming it', async () => {
    await run('short', '--window', '5');
    const { exitCode, stderr } = await bench(['compare', inFolder('a'), inFolder('short')]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/window: the two runs do not measure the same \(expected 30, got 5\)/);
  });

  it('compare refuses a run that is limited to some of the clips', async () => {
    await run('limited', '--limit', '2');
    const { exitCode, stderr } = await bench(['compare', inFolder('a'), inFolder('limited')]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/clips: the two runs do not measure the same \(expected 3 of 3, got 2 of 3, [0-9a-f]{10}\)/);
  });

  it('run --dry-run counts what is done and in the cache, and writes nothing', async () => {
    const { exitCode, stdout } = await run('a', '--seed', '0', '--dry-run', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      generations: { total: 6, done: 6 },
      features: { ofMedia: 9, inCache: 3 + 6 },
    });
    const nothing = await run('never', '--dry-run');
    expect(nothing.exitCode).toBe(0);
    await expect(readFile(inFolder('never/manifest.json'))).rejects.toThrow('ENOENT');
  });

  it('report writes the same leaderboard again from the records', async () => {
    const before = await readFile(inFolder('a/leaderboard.json'), 'utf8');
    await rm(inFolder('a/leaderboard.json'));
    const { exitCode, stdout } = await bench(['report', inFolder('a')]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Report: ');
    expect(await readFile(inFolder('a/leaderboard.json'), 'utf8')).toBe(before);
  });

  it('does not complain when the reader of its output goes away', async () => {
    const program = `"${process.execPath}" bin/bench.js report "${inFolder('a')}"`;
    const { stdout, stderr } = await execute('bash', ['-c', `set -o pipefail; ${program} | true`], {
      cwd: packageRoot,
    });
    expect(stdout).toBe('');
    expect(stderr).toBe('');
  });

  it('run --until embed stops before scoring; report then says how to go on', async () => {
    expect((await run('half', '--until', 'embed')).exitCode).toBe(0);
    const { exitCode, stderr } = await bench(['report', inFolder('half')]);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/has no scores yet. Finish it with: bench run/);
    expect((await run('half')).exitCode).toBe(0);
  });

  it('run --from does a step and those after it again, and no step before it', async () => {
    await run('redone');
    const contentOf = (name: string): Promise<string> => readFile(inFolder(`redone/${name}`), 'utf8');
    const changedMs = async (name: string): Promise<number> => (await stat(inFolder(`redone/${name}`))).mtimeMs;
    const names = ['generations.jsonl', 'embeddings.jsonl', 'scores.json'];
    const contents = await Promise.all(['scores.json', 'leaderboard.json'].map(contentOf));
    for (const [first, from] of ['generate', 'embed', 'aggregate', 'report'].entries()) {
      const before = await Promise.all(names.map(changedMs));
      expect(await run('redone', '--from', from)).toMatchObject({ exitCode: 0 });
      const after = await Promise.all(names.map(changedMs));
      // Scores that come from equal features are still written again by the steps before them.
      expect(after.map((ms, index) => ms !== before[index])).toEqual(names.map((_, index) => index >= first));
      expect(await Promise.all(['scores.json', 'leaderboard.json'].map(contentOf))).toEqual(contents);
    }
    const { exitCode, stderr } = await run('redone', '--from', 'score', '--until', 'embed');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--from score comes after --until embed');
  });

  it('a limited run is marked and ranks nobody', async () => {
    await run('limited', '--limit', '2');
    const board = JSON.parse(await readFile(inFolder('limited/leaderboard.json'), 'utf8'));
    expect(board.partial).toMatchObject({ isPartial: true, reasons: ['limited to 2 of 3 clips'] });
    for (const row of board.rows) for (const { rank } of row.cells) expect(rank.status).toBe('skipped');
  });

  it('cache ls and prune count and delete', async () => {
    const cache = await mkdtemp(join(tmpdir(), 'bench-cache-'));
    await execute('mkdir', [join(cache, 'features')]);
    await writeFile(join(cache, 'features', 'x'), 'x'.repeat(2000));
    const list = JSON.parse((await bench(['cache', 'ls', '--cache', cache, '--json'])).stdout);
    expect(list.kinds).toEqual({ features: { files: 1, bytes: 2000 } });
    const pruned = await bench(['cache', 'prune', '--cache', cache, '--max-size', '1kB']);
    expect(pruned.stdout).toBe('Deleted 1 files, 0.0 MB\n');
    expect(JSON.parse((await bench(['cache', 'ls', '--cache', cache, '--json'])).stdout).kinds).toEqual({});
  });
});

describe('lists and checks', { timeout: 60_000 }, () => {
  it.each(['systems', 'metrics', 'models', 'suites'])(
    '%s list gives a table, and everything with --json',
    async (noun) => {
      const [table, json] = await Promise.all([bench([noun, 'list']), bench([noun, 'list', '--json'])]);
      const [first] = JSON.parse(json.stdout);
      expect(table.stdout).toContain(first.id);
    },
  );

  it('doctor does its small jobs', async () => {
    const { exitCode, stdout } = await bench(['doctor', '--json']);
    expect(JSON.parse(stdout).filter(({ ok }: { ok: boolean }) => !ok)).toEqual([]);
    expect(exitCode).toBe(0);
  });
});

describe('mistakes of the user', { timeout: 60_000 }, () => {
  it.each([
    [['run'], 2, /--suite <suite>' not specified/],
    [['bogus'], 2, /unknown command 'bogus'/],
    [['run', '--suite', 'demoo'], 2, /Did you mean demo\?/],
    [['run', '--suite', 'demo', '--systems', 'compozer'], 2, /Did you mean composer\?/],
    [['run', '--suite', 'demo', '--metrics', 'vendi'], 2, /no metric 'vendi'/],
    [['run', '--suite', 'demo', '--limit', 'x'], 2, /whole number/],
    [['score', '--suite', 'demo', '--outputs', 'mine'], 2, /NAME=FOLDER/],
    [['report', '/tmp'], 2, /has no manifest.json/],
    [['cache', 'prune'], 2, /--older-than DAYS or --max-size SIZE/],
  ])('%j: exit %i and a message without a stack', async (args, code, message) => {
    const { exitCode, stderr, stdout } = await bench(args);
    expect(exitCode).toBe(code);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe('');
  });
});
