import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { protocolHash } from '../../src/core/protocol.js';
import { inCompat, protocolById, protocols } from '../../src/core/protocols/index.js';
import { bench, type CliResult } from '../helpers/cli.js';

describe('bench protocols', { timeout: 60_000 }, () => {
  it('lists all, with their hashes', async () => {
    const { exitCode, stdout } = await bench(['protocols']);
    expect(exitCode).toBe(0);
    for (const protocol of protocols) {
      expect(stdout).toContain(protocol.id);
      expect(stdout).toContain(protocolHash(protocol).slice(0, 12));
    }
    const rows = JSON.parse((await bench(['protocols', 'list', '--json'])).stdout);
    expect(rows.map(({ name }: { name: string }) => name)).toContain('kadtk (compat)');
    expect(rows).toHaveLength(protocols.length + 2);
  });

  it('shows every choice with its source, and known bugs beside what is right', async () => {
    const { stdout } = await bench(['protocols', 'show', 'audioldm-eval-cnn14-16k']);
    for (const text of ['first channel', 'less its mean', 'torchaudio-hann-float32', '32000 samples', 'load_mel.py'])
      expect(stdout).toContain(text);
    expect(stdout).toContain('known bug');
    const compat = JSON.parse((await bench(['protocols', 'show', 'kadtk', '--compat', '--json'])).stdout);
    expect(compat).toMatchObject({ name: 'kadtk (compat)', numerics: { kernelBandwidth: 'evaluated' } });
    expect(compat.hash).toBe(protocolHash(inCompat(protocolById('kadtk'))));
  });

  it('names the nearest ids of an unknown one', async () => {
    const { exitCode, stderr } = await bench(['protocols', 'show', 'av-bench']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Did you mean av-benchmark');
  });
});

describe('bench score --protocol', { timeout: 240_000 }, () => {
  let folder: string;
  const score = (name: string, ...more: string[]): Promise<CliResult> =>
    bench([
      ...['score', '--suite', 'demo', '--limit', '2', '--window', '6', '--outputs', `mine=${folder}/mine`],
      ...['--out', join(folder, name), '--models-from-recipe', '--quiet', ...more],
    ]);
  const board = async (name: string): Promise<ReturnType<typeof JSON.parse>> =>
    JSON.parse(await readFile(join(folder, name, 'leaderboard.json'), 'utf8'));
  const results = new Map<string, CliResult>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-protocols-'));
    const made = await bench([
      ...['run', '--suite', 'demo', '--limit', '2', '--window', '6', '--systems', 'noise', '--quiet'],
      ...['--metrics', 'dynamics-correlation', '--out', join(folder, 'made')],
    ]);
    expect(made.exitCode, made.stderr).toBe(0);
    await mkdir(join(folder, 'mine'));
    const sounds = join(folder, 'made/audio/noise');
    for (const file of await readdir(sounds))
      await cp(join(sounds, file), join(folder, 'mine', file.replace('.seed0', '')));
    results.set('gudgud', await score('gudgud', '--protocol', 'gudgud-vggish'));
    results.set('google', await score('google', '--protocol', 'google-fad'));
    results.set('fadtk', await score('fadtk', '--protocol', 'fadtk-1.1', '--metrics', 'frechet-vggish'));
    results.set('compat', await score('compat', '--protocol', 'fadtk-1.1', '--compat', '--metrics', 'frechet-vggish'));
  }, 600_000);
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['gudgud', 'gudgud-vggish'],
    ['google', 'google-fad'],
    ['fadtk', 'fadtk-1.1'],
  ])('%s: has the protocol and its hash in every output', async (name, id) => {
    expect(results.get(name)!.exitCode, results.get(name)!.stderr).toBe(0);
    const { version } = protocolById(id);
    const hash = protocolHash(protocolById(id));
    expect((await board(name)).protocol).toEqual({ id, version, status: 'published-tool', hash });
    const read = (file: string): Promise<string> => readFile(join(folder, name, file), 'utf8');
    expect(JSON.parse(await read('manifest.json')).spec.protocol.hash).toBe(hash);
    expect(await read('leaderboard.csv')).toContain(hash);
    expect(await read('leaderboard.md')).toContain(hash.slice(0, 12));
    const html = await read('report.html');
    expect(html).toContain(hash);
    expect(html).toContain(`${id}, version ${version}, published-tool`);
    expect(results.get(name)!.stdout).toContain(`protocol ${id}`);
  });

  it('computes the protocol’s own metrics and says what it does not measure', async () => {
    const { columns, primaryMetric, warnings } = await board('gudgud');
    expect(columns.map(({ id }: { id: string }) => id)).toEqual(['frechet-vggish']);
    expect(primaryMetric).toBe('frechet-vggish');
    expect(warnings.join()).toMatch(/not measured of gudgud-vggish: FAD over PANNs \(the tool computes it of single/);
  });

  it('gives other figures of the same music', async () => {
    const figureOf = async (name: string): Promise<number> => (await board(name)).rows[0].cells[0].outcome.value.value;
    const values = [await figureOf('gudgud'), await figureOf('google'), await figureOf('fadtk')];
    expect(new Set(values).size).toBe(3);
    expect(await figureOf('compat')).not.toBe(await figureOf('fadtk'));
  });

  it('marks compat by name, hash and note', async () => {
    const { protocol, warnings } = await board('compat');
    expect(protocol).toMatchObject({ compat: true, hash: protocolHash(inCompat(protocolById('fadtk-1.1'))) });
    expect(warnings).toContainEqual('known bugs of the tool are reproduced (--compat); they change frechet-vggish');
    expect(results.get('compat')!.stdout).toContain('protocol fadtk-1.1 (compat)');
  });

  it.each([
    ['gudgud', 'google'],
    ['fadtk', 'compat'],
  ])('compare refuses %s and %s', async (a, b) => {
    const { exitCode, stderr } = await bench(['compare', join(folder, a), join(folder, b)]);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('the two runs do not measure the same');
    expect(stderr).toContain('protocol');
  });

  it('refuses what cannot be meant, before anything is computed', async () => {
    expect((await score('x', '--protocol', 'fadtk')).stderr).toContain("there is no protocol 'fadtk'");
    expect((await score('x', '--compat')).stderr).toContain('Name it with --protocol');
    expect((await score('x', '--protocol', 'bench-1', '--compat')).stderr).toContain('has no bugs to reproduce');
    const help = (await bench(['score', '--help'])).stdout.replace(/\s+/g, ' ');
    for (const { id } of protocols) expect(help).toContain(id);
  });

  it('makes another suite of the same clips', async () => {
    const hashes = [
      (await board('gudgud')).suite.hash,
      (await board('google')).suite.hash,
      (await board('compat')).suite.hash,
    ];
    expect(new Set(hashes).size).toBe(3);
  });
});
