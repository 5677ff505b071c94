import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { renderCsv } from '../../src/report/csv.js';
import { renderJson } from '../../src/report/json.js';
import { buildLeaderboard } from '../../src/report/leaderboard.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { notScored } from '../../src/report/not-scored.js';
import { renderTerminal } from '../../src/report/terminal.js';
import { hostile, hostileSystemId, limitedRun, sampleRun } from './sample-run.js';

const board = buildLeaderboard(sampleRun());
const limited = buildLeaderboard(limitedRun());
const golden = '../fixtures/report';

describe('renderJson', () => {
  it('is the golden leaderboard', async () => {
    await expect(renderJson(board)).toMatchFileSnapshot(`${golden}/leaderboard.json`);
  });

  it('loses nothing', () => {
    expect(JSON.parse(renderJson(board))).toEqual(JSON.parse(JSON.stringify(board)));
  });
});

describe('renderCsv', () => {
  const lines = Papa.parse<Record<string, string>>(renderCsv(board).trimEnd(), { header: true }).data;

  it('is the golden table', async () => {
    await expect(renderCsv(board)).toMatchFileSnapshot(`${golden}/leaderboard.csv`);
  });

  it('has one line a system and metric, each with a value or a reason', () => {
    expect(lines).toHaveLength(board.rows.length * board.columns.length);
    for (const line of lines) expect((line.value === '') !== (line.reason === '')).toBe(true);
  });

  it('reads back at full precision and with names as they were', () => {
    const line = lines.find((one) => one.system === hostileSystemId && one.metric === 'frechet-music-distance');
    expect(line).toMatchObject({ value: '72.5', clips_scored: '5', clips_total: '6', rank_best: '3' });
    expect(line?.system_title).toBe(`Evil ${hostile}`);
  });

  it('keeps a spreadsheet from taking a name for a formula, and negative numbers as numbers', () => {
    const run = sampleRun();
    const systems = run.manifest.spec.systems.map((one) => ({ ...one, title: '=HYPERLINK("x")' }));
    const spec = { ...run.manifest.spec, systems };
    const text = renderCsv(buildLeaderboard({ ...run, manifest: { ...run.manifest, spec } }));
    expect(text).toContain(`"'=HYPERLINK(""x"")"`);
    expect(text).toContain(',-0.08,');
  });
});

describe('renderMarkdown', () => {
  const text = renderMarkdown(board);

  it('is the golden page', async () => {
    await expect(text).toMatchFileSnapshot(`${golden}/leaderboard.md`);
  });

  it('keeps every table in shape whatever the names hold', () => {
    const lines = text.split('\n');
    for (const [index, line] of lines.entries()) {
      if (!line.startsWith('| ---')) continue;
      for (let row = index + 1; lines[row]?.startsWith('|'); row++) {
        expect(columnCount(lines[row] as string)).toBe(columnCount(line));
      }
    }
    expect(text).not.toContain('<img');
  });

  it('shows a partial run as one', () => {
    expect(renderMarkdown(limited)).toContain('> **Partial run, not ranked**: limited to 3 of 6 clips');
  });
});

describe('renderTerminal', () => {
  it('is the golden screen', async () => {
    await expect(renderTerminal(board)).toMatchFileSnapshot(`${golden}/terminal.txt`);
  });

  it.each([60, 80, 110, 120])('has tables of at most %i columns', (widthColumns) => {
    const tables = renderTerminal(board, { widthColumns })
      .split('\n')
      .filter((line) => /^[┌├└│]/.test(line));
    expect(Math.max(...tables.map((line) => line.length))).toBeLessThanOrEqual(widthColumns);
    expect(tables.join('\n')).toContain('Loudness');
  });

  it('lets no name control the terminal', () => {
    const run = sampleRun();
    const suite = { ...run.suite, title: 'red\u001b[31m\u0007\u202esuite' };
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(renderTerminal(buildLeaderboard({ ...run, suite }))).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  it('says why a partial run is not ranked, and shows its warnings', () => {
    const text = renderTerminal(limited);
    expect(text).toContain('PARTIAL RUN, NOT RANKED: limited to 3 of 6 clips');
    expect(text).toContain('WARNING: the embedding network is untrained');
    expect(text).not.toMatch(/#\d/);
  });
});

describe('notScored', () => {
  it('lists what is missing once, with the reason', () => {
    const lines = notScored(board);
    expect(lines).toContainEqual({ systemId: 'silence', reason: 'ran out of silence', clipIds: ['storm'] });
    expect(
      lines.filter(({ systemId, metricId }) => systemId === hostileSystemId && metricId === 'loudness-curve'),
    ).toEqual([]);
    expect(
      lines.filter(({ systemId, clipIds }) => systemId === hostileSystemId && clipIds?.includes('dawn')),
    ).toHaveLength(1);
  });
});

/** Pipes that are not escaped. */
function columnCount(line: string): number {
  return line.match(/(?<!\\)\|/g)?.length ?? 0;
}
