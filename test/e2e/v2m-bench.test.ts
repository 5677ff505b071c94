import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Leaderboard } from '../../src/report/leaderboard-types.js';
import { bench, bundledFfmpeg, type CliResult } from '../helpers/cli.js';
import { makeV2mCopy, type V2mCopy } from '../helpers/v2m-copy.js';

interface CopyReport {
  readonly identity: string;
  readonly counts: object;
  readonly remarks: readonly { readonly clipId: string; readonly kind: string; readonly message: string }[];
  readonly unmatched: readonly string[];
}

describe('V2M-bench from a local copy with gaps', { timeout: 600_000 }, () => {
  let copy: V2mCopy;
  let suites: string;
  let imported: CliResult;
  const inSuites = (args: readonly string[]): Promise<CliResult> =>
    bench(args, { env: { ...bundledFfmpeg, BENCH_SUITES_DIR: suites } });
  const named = (kind: string): string[] =>
    (JSON.parse(imported.stdout) as CopyReport).remarks
      .filter((each) => each.kind === kind)
      .map(({ clipId }) => clipId);

  beforeAll(async () => {
    copy = await makeV2mCopy(1);
    suites = await mkdtemp(join(tmpdir(), 'bench-suites-'));
    imported = await inSuites(['suites', 'import', copy.folder, '--suite', 'v2m-bench', '--json', '--quiet']);
  }, 300_000);

  afterAll(async () => {
    for (const folder of [copy.folder, suites]) await rm(folder, { recursive: true, force: true });
  });

  it('names every gap and counts what can be used', () => {
    expect(imported.exitCode, imported.stderr).toBe(3);
    const { counts, unmatched } = JSON.parse(imported.stdout) as CopyReport;
    expect(counts).toEqual({ total: 300, videos: 292, references: 291 });
    expect(named('no-video').sort()).toEqual([...copy.missing, copy.corrupt].sort());
    expect(named('no-reference')).toEqual([copy.soundless]);
    expect(named('duplicate').sort()).toEqual(copy.duplicates.map(([, second]) => second).sort());
    // The clips of this copy are shorter than those of the real one, and every one of them says so.
    expect(named('duration')).toHaveLength(292);
    expect(named('damaged')).toEqual([]);
    expect(unmatched).toEqual([copy.stray]);
  });

  it('tells people the same and how to go on', async () => {
    const again = await inSuites([
      'suites',
      'import',
      copy.folder,
      '--suite',
      'v2m-bench',
      '--quiet',
      '--allow-missing',
    ]);
    expect(again.exitCode, again.stderr).toBe(0);
    expect(again.stdout).toContain('292 of 300 videos can be used, 291 with a reference');
    for (const id of [...copy.missing, copy.corrupt, copy.soundless, copy.duplicates[0]![1]])
      expect(again.stdout).toContain(`  ${id}: `);
    expect(again.stdout).toContain('bench run --suite v2m-bench');
    const list = await inSuites(['suites', 'list']);
    expect(list.stdout).toMatch(/v2m-bench +292 of 300 clips imported/);
  });

  it('runs with a coverage in every cell, and the report says what is not there', async () => {
    const out = join(suites, 'run');
    const options = ['--systems', 'reference,noise', '--metrics', 'dynamics-correlation', '--out', out, '--quiet'];
    const run = await inSuites(['run', '--suite', 'v2m-bench', ...options]);
    expect(run.exitCode, run.stderr).toBe(0);
    expect(run.stderr).toContain('8 of 300 clips have no usable video in this copy');
    expect(run.stderr).toContain('2 of 300 clips repeat the content of another clip');
    const board = JSON.parse(await readFile(join(out, 'leaderboard.json'), 'utf8')) as Leaderboard;
    const coverage = Object.fromEntries(board.rows.map(({ systemId, cells }) => [systemId, cells[0]!.coverage]));
    expect(coverage.noise).toMatchObject({ scored: 292, total: 300 });
    expect(coverage.reference).toMatchObject({ scored: 291, total: 300 });
    const report = await inSuites(['report', out]);
    expect(report.exitCode, report.stderr).toBe(0);
    const html = await readFile(join(out, 'report.html'), 'utf8');
    expect(html).toContain('292/300');
    expect(html).toContain('291/300');
    for (const id of copy.missing) expect(html).toContain(id);
  });

  it('verifies the copy, and names a file that has changed since', async () => {
    const good = await inSuites(['suites', 'verify', 'v2m-bench', '--json', '--quiet']);
    expect(good.exitCode, good.stderr).toBe(3);
    const { identity } = JSON.parse(good.stdout) as CopyReport;
    expect(identity).toBe((JSON.parse(imported.stdout) as CopyReport).identity);
    await appendFile(join(copy.folder, `${copy.ids[0]}.mp4`), 'x');
    const bad = await inSuites(['suites', 'verify', 'v2m-bench', '--quiet']);
    expect(bad.exitCode).toBe(1);
    expect(bad.stdout).toContain(`${copy.ids[0]}.mp4 is changed`);
    await rm(join(copy.folder, `${copy.ids[1]}.mp4`));
    const gone = await inSuites(['run', '--suite', 'v2m-bench', '--systems', 'noise', '--dry-run']);
    expect(gone.exitCode).toBe(1);
    expect(gone.stderr).toContain(`1 files of the imported copy are gone: ${copy.ids[1]}.mp4`);
  });
});
