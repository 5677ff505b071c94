import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locateBinaries } from '../../src/media/binaries.js';
import type { AuditReport } from '../../src/report/audit/audit-report.js';
import { bench } from '../helpers/cli.js';

const execute = promisify(execFile);

describe('bench metrics audit', { timeout: 120_000 }, () => {
  let folder: string;
  const inFolder = (name: string): string => join(folder, name);
  const audit = (...more: string[]): ReturnType<typeof bench> =>
    bench(['metrics', 'audit', '--suite', inFolder('videos'), '--out', inFolder('audit'), '--quiet', ...more]);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-audit-'));
    await mkdir(inFolder('videos'));
    for (const [index, hz] of [220, 330, 550, 880].entries()) {
      const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=12:duration=6'];
      const sound = ['-f', 'lavfi', '-i', `aevalsrc=0.4*sin(2*PI*${hz}*t)*lt(mod(t\\,0.5)\\,0.3):d=6:s=32000`];
      const options = ['-pix_fmt', 'yuv420p', '-c:a', 'aac', inFolder(`videos/clip${index}.mp4`)];
      await execute(locateBinaries().ffmpeg, ['-v', 'error', ...picture, ...sound, ...options]);
    }
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('writes page, table, data and plots, and prints what each metric made of each damage', async () => {
    const options = ['--damages', 'noise,gain', '--metrics', 'frechet-musicnn-mtt-penultimate,dynamics-correlation'];
    const { exitCode, stdout, stderr } = await audit(...options);
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toContain('Additive noise');
    const report = JSON.parse(await readFile(inFolder('audit/audit.json'), 'utf8')) as AuditReport;
    expect(report.metrics.map(({ description }) => description.id)).toEqual([
      'frechet-musicnn-mtt-penultimate',
      'dynamics-correlation',
    ]);
    const [noise, gain] = report.metrics[0]!.audit.curves;
    const valuesOf = (curve: typeof noise): number[] =>
      curve!.points.map(({ outcome }) => (outcome.status === 'ok' ? outcome.value.value : Number.NaN));
    expect(valuesOf(noise).at(-1)!).toBeGreaterThan(valuesOf(noise)[0]!);
    // Loudness is matched before the encoder: a change of gain is no response.
    expect(gain!.points.every(({ change }) => change.status !== 'ok' || !change.value.noticed)).toBe(true);
    const page = await readFile(inFolder('audit/audit.html'), 'utf8');
    expect(page).toContain('Do the metrics measure what they claim?');
    expect(page).not.toContain(folder);
    const csv = await readFile(inFolder('audit/audit.csv'), 'utf8');
    expect(csv.trim().split('\n')).toHaveLength(1 + 2 * 10);
    const plot = await readFile(inFolder('audit/charts/frechet-musicnn-mtt-penultimate.responses.png'));
    expect(plot.subarray(1, 4).toString()).toBe('PNG');
  });

  it('does nothing twice and gives the same data', async () => {
    const options = ['--damages', 'noise,gain', '--metrics', 'frechet-musicnn-mtt-penultimate,dynamics-correlation'];
    const before = await readFile(inFolder('audit/audit.json'), 'utf8');
    const { exitCode, stdout } = await audit(...options, '--json');
    expect(exitCode).toBe(0);
    expect(`${stdout.trim()}\n`).toBe(before);
  });

  it('tells the plan without work, and names a damage that there is not', async () => {
    const plan = await audit('--damages', 'low-pass', '--dry-run');
    expect(plan.stdout).toContain('6 versions of 4 clips');
    const unknown = await audit('--damages', 'lowpass');
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain('Did you mean low-pass');
  });
});
