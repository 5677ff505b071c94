import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locateBinaries } from '../../src/media/binaries.js';
import { bench } from '../helpers/cli.js';

const execute = promisify(execFile);
const metrics = [
  'frechet-vggish',
  'frechet-cnn14-16k',
  'frechet-passt-s-10s',
  'frechet-clap-music',
  'kl-cnn14-16k-ref-gen',
  'kl-passt-s-10s-ref-gen',
  'imagebind-score',
  'imagebind-score-av-benchmark',
  'frechet-openl3-music-stereo',
  'kernel-distance-mert-v1-95m-layer-4',
];

describe('bench run with imported encoders', { timeout: 180_000 }, () => {
  let folder: string;
  const run = (...more: string[]): ReturnType<typeof bench> =>
    bench([
      ...['run', '--suite', join(folder, 'videos'), '--systems', 'reference,noise', '--out', join(folder, 'run')],
      ...['--cache', join(folder, 'cache'), '--quiet', '--metrics', metrics.join(','), ...more],
    ]);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-recipe-'));
    await mkdir(join(folder, 'videos'));
    for (const [index, hz] of [220, 330, 495].entries()) {
      const picture = ['-f', 'lavfi', '-i', `testsrc2=size=160x120:rate=10:duration=4`];
      const sound = ['-f', 'lavfi', '-i', `aevalsrc=0.3*sin(${hz}*2*PI*t)*(1+sin(5*t)):s=32000:d=4`];
      const options = ['-pix_fmt', 'yuv420p', '-c:a', 'aac', join(folder, `videos/clip${index}.mp4`)];
      await execute(locateBinaries().ffmpeg, ['-v', 'error', ...picture, ...sound, ...options]);
    }
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true }));

  it('says which models are missing and how to get each', async () => {
    const { exitCode, stderr } = await run('--models', join(folder, 'none'));
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'vggish (frechet-vggish), cnn14-16k (frechet-cnn14-16k), passt-s-10s (frechet-passt-s-10s)',
    );
    expect(stderr).toContain('`bench models pull vggish`, `bench models pull cnn14-16k`');
    // Its towers for sound and pictures come in one.
    expect(stderr.split('`bench models pull imagebind-huge`')).toHaveLength(2);
    expect(stderr).toContain('--models-from-recipe');
    const one = await run('--models', join(folder, 'none'), '--metrics', 'frechet-vggish');
    expect(one.stderr).toContain('the metric frechet-vggish needs the model vggish, which is not imported');
  });

  it('rehearses the whole way with untrained weights, and says so in every output', async () => {
    const { exitCode, stdout, stderr } = await run('--models-from-recipe');
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain('warning: vggish has UNTRAINED weights: its figures mean nothing');
    const read = (name: string): Promise<string> => readFile(join(folder, 'run', name), 'utf8');
    for (const [name, text] of Object.entries({
      stdout,
      csv: await read('leaderboard.csv'),
      markdown: await read('leaderboard.md'),
      html: await read('report.html'),
    }))
      expect(text, name).toContain('UNTRAINED');
    const board = JSON.parse(await read('leaderboard.json'));
    expect(board.partial).toMatchObject({ isPartial: true, reasons: [expect.stringContaining('UNTRAINED weights')] });
    expect(board.columns.every(({ title }: { title: string }) => title.endsWith('[UNTRAINED]'))).toBe(true);
    const manifest = JSON.parse(await read('manifest.json'));
    expect(manifest.spec.models.map(({ id, trained }: { id: string; trained: boolean }) => [id, trained])).toEqual([
      ['vggish', false],
      ['cnn14-16k', false],
      ['passt-s-10s', false],
      ['clap-music-audio', false],
      ['imagebind-huge-audio', false],
      ['imagebind-huge-vision', false],
      ['openl3-mel256-music', false],
      ['mert-v1-95m', false],
    ]);
    // The reference against itself: every distance is 0, whatever the weights.
    const oracle = board.rows.find(({ systemId }: { systemId: string }) => systemId === 'reference');
    for (const cell of oracle.cells.slice(0, 6)) expect(cell.outcome.value.value).toBeCloseTo(0, 6);
    const noise = board.rows.find(({ systemId }: { systemId: string }) => systemId === 'noise');
    for (const cell of noise.cells.slice(0, 6)) expect(cell.outcome.value.value).toBeGreaterThan(0);
  });

  it('does nothing twice, and says what computes where it is asked to find out', async () => {
    const again = await run('--models-from-recipe', '--provider', 'auto');
    expect(again.exitCode).toBe(0);
    expect(again.stderr.match(/^provider: /gm)).toHaveLength(1);
    expect(again.stderr).toMatch(/^provider: (cuda$|cpu \(cuda: )/m);
    const { environment, spec } = JSON.parse(await readFile(join(folder, 'run', 'manifest.json'), 'utf8'));
    const isOnCuda = again.stderr.includes('provider: cuda');
    expect(environment.executionProvider).toBe(isOnCuda ? 'cuda' : 'cpu');
    expect(spec.computedBy).toBe(isOnCuda ? 'cuda' : undefined);
  });

  it('refuses a provider that is not there before any work', async () => {
    const { exitCode, stderr } = await run(
      '--models-from-recipe',
      '--provider',
      'webgpu',
      '--out',
      join(folder, 'other'),
    );
    if (exitCode === 0) return expect(stderr).toContain('provider: webgpu');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('a small run on webgpu does not work');
    return expect(await readdir(folder)).not.toContain('other');
  });
});
