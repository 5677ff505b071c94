import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { ok, skipped } from '../../src/core/outcome.js';
import type { Figure } from '../../src/core/score.js';
import { renderCsv } from '../../src/report/csv.js';
import { metricsSection } from '../../src/report/html/metrics-section.js';
import { buildLeaderboard, type LeaderboardInput } from '../../src/report/leaderboard.js';
import { renderTerminal } from '../../src/report/terminal.js';
import { sampleRun } from './sample-run.js';

const shares = { clipShare: 0, seedShare: 1, clipVariance: -0.5, seedVariance: 2, clipCount: 6, generationCount: 12 };
const remark = 'the share of the clip is shown as 0';

/** The sample run with figures that know their spread. */
function runOf(seeds: readonly number[]): LeaderboardInput {
  const run = sampleRun();
  const withSpread = (figure: Figure): Figure =>
    figure.metric.id === 'frechet-music-distance'
      ? {
          ...figure,
          sampleSize: { clips: 6, windows: 180, dimensions: 200 },
          seedSpread:
            seeds.length > 1
              ? ok({ values: seeds.map((seed) => ({ seed, value: 40 + seed })), standardDeviation: 1.5 })
              : skipped('one seed: nothing to compare'),
        }
      : { ...figure, varianceShares: seeds.length > 1 ? ok(shares, [remark]) : skipped('one seed') };
  const manifest = { ...run.manifest, spec: { ...run.manifest.spec, seeds } };
  return { ...run, manifest, scores: { ...run.scores, figures: run.scores.figures.map(withSpread) } };
}

const board = buildLeaderboard(runOf([1, 2]));
const single = buildLeaderboard(runOf([1]));

describe('the spread of seeds', () => {
  it('is in the leaderboard, hence in its JSON', () => {
    const cells = board.rows.find(({ systemId }) => systemId === 'composer')!.cells;
    expect(cells[0]).toMatchObject({ sampleSize: { windows: 180 }, seedSpread: { value: { standardDeviation: 1.5 } } });
    expect(cells[1]).toMatchObject({ varianceShares: { status: 'ok', value: shares } });
    expect(board.notes.some(({ text }) => text === remark)).toBe(true);
  });

  it('is in the table for spreadsheets', () => {
    const lines = Papa.parse<Record<string, string>>(renderCsv(board).trimEnd(), { header: true }).data;
    const [set, paired] = ['frechet-music-distance', 'beat-cut-alignment'].map((metric) =>
      lines.find((line) => line.system === 'composer' && line.metric === metric),
    );
    expect(set).toMatchObject({
      windows: '180',
      dimensions: '200',
      seed_values: '1: 41; 2: 42',
      seed_standard_deviation: '1.5',
    });
    expect(paired).toMatchObject({ variance_share_clip: '0', variance_share_seed: '1', spread_reason: remark });
    const alone = Papa.parse<Record<string, string>>(renderCsv(single).trimEnd(), { header: true }).data;
    expect(alone.find((line) => line.metric === 'beat-cut-alignment')).toMatchObject({
      variance_share_clip: '',
      spread_reason: 'one seed',
    });
  });

  it('is on the terminal and in the report where there are seeds to compare', () => {
    expect(renderTerminal(board)).toContain('clip 0 %, seed 100 %');
    expect(renderTerminal(board)).toMatch(/seeds ± 1\.5/);
    expect(renderTerminal(single)).not.toContain('seeds ±');
    const html = metricsSection(board).text;
    expect(html).toContain('Spread of seeds');
    expect(html).toContain('clip 0 %, seed 100 %');
    expect(html).toContain('180 × 200');
    expect(metricsSection(single).text).not.toContain('Spread of seeds');
  });
});
