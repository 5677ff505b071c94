import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Leaderboard, Row } from '../../src/report/leaderboard-types.js';
import { bench, type CliResult } from '../helpers/cli.js';
import { shuffledSuite } from '../helpers/shuffled-suite.js';

const alignment = ['av-align-framediff', 'dynamics-correlation'];

async function run(
  args: readonly string[],
): Promise<{ readonly result: CliResult; readonly board: Leaderboard; readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-demo-'));
  const result = await bench(['run', '--out', folder, '--quiet', ...args]);
  expect(result.stderr).toBe('');
  const board = JSON.parse(await readFile(join(folder, 'leaderboard.json'), 'utf8')) as Leaderboard;
  return { result, board, folder };
}

function rowOf(board: Leaderboard, systemId: string): Row {
  return board.rows.find((row) => row.systemId === systemId)!;
}

function figureOf(
  board: Leaderboard,
  systemId: string,
  metricId: string,
): { value: number; lower: number; upper: number } {
  const { outcome } = rowOf(board, systemId).cells.find((cell) => cell.metricId === metricId)!;
  if (outcome.status !== 'ok') throw new Error(`${systemId} ${metricId} is ${outcome.status}`);
  return outcome.value;
}

describe('bench run --suite demo', { timeout: 600_000 }, () => {
  let board: Leaderboard;
  let result: CliResult;
  let folder: string;
  beforeAll(async () => {
    ({ board, result, folder } = await run(['--suite', 'demo']));
  }, 600_000);

  it('does nothing twice: a second run computes no figure again and prints the same', async () => {
    const scores = join(folder, 'scores.json');
    const before = await stat(scores);
    const again = await bench(['run', '--suite', 'demo', '--out', folder, '--quiet']);
    expect(again).toEqual(result);
    expect((await stat(scores)).mtimeMs).toBe(before.mtimeMs);
  });

  it('ends well, with the leaderboard and the path of the report on stdout', async () => {
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toContain('composer');
    const reportPath = /Report: (.*report\.html)/.exec(result.stdout)![1]!;
    expect((await stat(reportPath)).size).toBeGreaterThan(100_000);
  });

  it.each(alignment)(
    'puts reference and composer above shuffled and noise on %s, with separate intervals',
    (metric) => {
      for (const aligned of ['reference', 'composer']) {
        for (const unaligned of ['shuffled', 'noise']) {
          expect(figureOf(board, aligned, metric).lower).toBeGreaterThan(figureOf(board, unaligned, metric).upper);
        }
      }
    },
  );

  it('puts retrieval at or before composer, and both far before noise, on the Fréchet distance', () => {
    const metric = 'frechet-musicnn-mtt-penultimate';
    const [retrieval, composer, noise] = ['retrieval', 'composer', 'noise'].map((id) => figureOf(board, id, metric));
    const tied = board.comparisons.some(
      ({ metricId, systemA, systemB, outcome, favours }) =>
        metricId === metric &&
        [systemA, systemB].sort().join() === 'composer,retrieval' &&
        outcome.status === 'ok' &&
        favours === undefined,
    );
    expect(retrieval!.value < composer!.value || tied).toBe(true);
    for (const system of [retrieval!, composer!]) {
      expect(system.upper).toBeLessThan(noise!.lower);
      expect(noise!.value).toBeGreaterThan(2 * system.value);
    }
  });

  it('shows silence as not scored, with the reason, in the last place', () => {
    expect(board.rows.at(-1)!.systemId).toBe('silence');
    for (const { outcome, rank } of rowOf(board, 'silence').cells) {
      expect(outcome.status).toBe('skipped');
      expect(JSON.stringify(outcome)).toMatch(/silen/i);
      expect(rank.status === 'ok' ? rank.value.worst : board.rows.length).toBe(board.rows.length);
    }
  });

  it('marks systems that reuse the reference set, whose distance is 0 by construction', () => {
    for (const id of ['reference', 'shuffled']) expect(rowOf(board, id).sameSet).toBe(true);
    expect(JSON.stringify(board.notes)).toMatch(/same set/);
  });

  it('has interval, coverage, both yardsticks and a detectable difference for every figure', () => {
    for (const column of board.columns) {
      for (const kind of ['real-against-real', 'chance-shuffled-pairs'] as const) {
        expect(column.yardsticks.map((yardstick) => yardstick.kind)).toContain(kind);
      }
    }
    for (const { cells, systemId } of board.rows.filter((row) => row.systemId !== 'silence')) {
      for (const { outcome, coverage, smallestDetectableDifference } of cells) {
        expect(outcome.status, systemId).toBe('ok');
        expect(coverage).toMatchObject({ scored: 24, total: 24 });
        // Clips that all score the same (the oracle's KL of 0) have no spread to tell a difference by.
        const hasSpread = outcome.status === 'ok' && outcome.value.standardError > 0;
        expect(smallestDetectableDifference.status).toBe(hasSpread ? 'ok' : 'skipped');
      }
    }
  });

  it('contains no NaN, null or infinity anywhere', () => {
    expect(JSON.stringify(board)).not.toMatch(/:null|NaN|Infinity/);
  });
});

describe('the same references under shuffled videos', { timeout: 600_000 }, () => {
  it('have no alignment lead left: the order above comes from the pictures', async () => {
    const suite = await shuffledSuite();
    const { board } = await run([
      ...['--suite', suite, '--systems', 'reference,shuffled', '--metrics', alignment.join(',')],
    ]);
    for (const metric of alignment) {
      const [reference, shuffled] = ['reference', 'shuffled'].map((id) => figureOf(board, id, metric));
      expect(reference!.lower).toBeLessThan(shuffled!.upper);
      const comparison = board.comparisons.find(({ metricId }) => metricId === metric)!;
      expect(comparison.favours).not.toBe('reference');
    }
  });
});
