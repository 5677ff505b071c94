import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { BenchError } from '../core/errors.js';
import type { GenerationRecord } from '../core/record.js';
import type { ClipScore } from '../core/score.js';
import type { Suite } from '../core/suite.js';
import { describedMetric } from '../metrics/described-metric.js';
import { buildLeaderboard } from '../report/leaderboard.js';
import type { Leaderboard } from '../report/leaderboard-types.js';
import { buildProvenance } from '../report/provenance.js';
import { renderTerminal } from '../report/terminal.js';
import { reportFiles, writeReport } from '../report/write/write-report.js';
import { readJsonLines } from '../store/json-lines.js';
import { readScores, requireManifest, runFiles } from '../store/run-folder.js';
import { type CommandContext, printJson, type Terminal } from './terminal.js';

export function reportCommand(context: CommandContext): Command {
  return new Command('report')
    .description('Write the report of a run again from its records.')
    .argument('<run>', 'run folder')
    .option('--json', 'print the leaderboard as JSON')
    .action(async (run: string, options: { readonly json?: boolean }) => {
      const written = await writeRunReport(resolve(run));
      printLeaderboard(context.terminal, { ...written, json: options.json === true });
    });
}

export interface WrittenReport {
  readonly leaderboard: Leaderboard;
  readonly reportPath: string;
}

/** Reads the records of a run folder and writes report.html, leaderboard.* and the charts beside them. */
export async function writeRunReport(folder: string): Promise<WrittenReport> {
  const manifest = await requireManifest(folder);
  const stored = await readScores(folder);
  if (stored === undefined) {
    throw new BenchError({
      code: 'not-scored',
      kind: 'incomplete',
      file: folder,
      problem: 'has no scores yet',
      remedy: `Finish it with: ${manifest.command}`,
    });
  }
  const suite = JSON.parse(await readFile(join(folder, runFiles.suite), 'utf8')) as Suite;
  const generations = lastOfEach(await readJsonLines<GenerationRecord>(join(folder, runFiles.generations)));
  const clipScores = await readJsonLines<ClipScore>(join(folder, runFiles.clipScores));
  const leaderboard = buildLeaderboard({
    manifest,
    suite,
    scores: stored.scores,
    generations,
    clipScores,
    metricDescriptions: manifest.spec.metrics.map(({ id }) => describedMetric(id)),
  });
  const provenance = buildProvenance(manifest, generations);
  await writeReport({ folder, leaderboard, provenance, clips: suite.clips });
  return { leaderboard, reportPath: join(folder, reportFiles.html) };
}

/** A retried generation has two records; the later one counts. */
function lastOfEach(records: readonly GenerationRecord[]): GenerationRecord[] {
  return [...new Map(records.map((record) => [record.key, record])).values()];
}

export function printLeaderboard(
  terminal: Terminal,
  { leaderboard, reportPath, json }: WrittenReport & { readonly json: boolean },
): void {
  if (json) printJson(terminal, leaderboard);
  else terminal.out(renderTerminal(leaderboard, { widthColumns: terminal.columns }).trimEnd());
  if (json) terminal.err(`Report: ${reportPath}`);
  else terminal.out(`\nReport: ${reportPath}`);
}
