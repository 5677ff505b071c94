import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clip } from '../../../src/core/clip.js';
import { buildLeaderboard } from '../../../src/report/leaderboard.js';
import { buildProvenance } from '../../../src/report/provenance.js';
import { clipMedia } from '../../../src/report/write/clip-media.js';
import { writeReport } from '../../../src/report/write/write-report.js';
import { sampleRun } from '../sample-run.js';

const run = sampleRun();
const leaderboard = buildLeaderboard(run);
const provenance = buildProvenance(run.manifest, run.generations);

describe('writeReport', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-report-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('writes every file, leaves no temporary one, and writes the same again', async () => {
    const written = await writeReport({ folder, leaderboard, provenance, clips: [] });
    const before = await contents(folder);
    expect(Object.keys(before).sort()).toEqual([
      'charts/beat-cut-alignment.png',
      'charts/frechet-music-distance.png',
      'charts/loudness-curve.png',
      'leaderboard.csv',
      'leaderboard.json',
      'leaderboard.md',
      'report.html',
    ]);
    expect(written).toHaveLength(7);
    await writeReport({ folder, leaderboard, provenance, clips: [] });
    expect(await contents(folder)).toEqual(before);
  });

  it('inlines the real Chart.js, with its licence and without its source map', async () => {
    const page = await readFile(join(folder, 'report.html'), 'utf8');
    expect(page).toMatch(/Chart\.js v4[\s\S]{0,120}MIT License/);
    expect(page).not.toContain('sourceMappingURL');
  });
});

describe('clipMedia', () => {
  const clip: Clip = { id: 'a', videoPath: '/data/suite/a b.mp4', startSeconds: 3, durationSeconds: 9, split: 'test' };

  it('gives paths relative to the report and the part that is scored', () => {
    expect(clipMedia([clip], { folder: '/data/runs/one', window: 'full' })).toEqual({
      a: { video: { path: '../../suite/a b.mp4', startSeconds: 3, durationSeconds: 9 } },
    });
    const withReference = { ...clip, referencePath: '/data/runs/one/a.wav' };
    expect(clipMedia([withReference], { folder: '/data/runs/one', window: 5 }).a?.reference).toEqual({
      path: 'a.wav',
      startSeconds: 3,
      durationSeconds: 5,
    });
  });
});

async function contents(folder: string): Promise<Record<string, string>> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const entries = files
    .filter((file) => file.isFile())
    .map(async (file): Promise<[string, string]> => {
      const path = join(file.parentPath, file.name);
      return [path.slice(folder.length + 1), (await readFile(path)).toString('base64')];
    });
  return Object.fromEntries(await Promise.all(entries));
}
