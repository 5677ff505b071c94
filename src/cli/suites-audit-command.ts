import { availableParallelism } from 'node:os';
import Table from 'cli-table3';
import { Command } from 'commander';
import { exitCodes } from '../core/errors.js';
import { quantileOfSorted } from '../stats/quantile.js';
import { cacheDirectory } from '../store/cache-folder.js';
import { auditSuite, type SharedMusic, type SuiteAudit } from '../suites/audit/audit-suite.js';
import { loadSuite } from '../suites/load-suite.js';
import { parseCount } from './option-parsers.js';
import type { SetExitCode } from './program.js';
import { createProgressDisplay } from './progress-display.js';
import { createStepDisplay } from './step-display.js';
import { type CommandContext, printJson, type Terminal } from './terminal.js';

interface AuditOptions {
  readonly against?: string;
  readonly gate?: boolean;
  readonly cache?: string;
  readonly jobs: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function suitesAuditCommand(context: CommandContext, setExitCode: SetExitCode): Command {
  return new Command('audit')
    .description('Loudness and formats of a suite’s music, music that its clips share, and leakage from another set.')
    .argument('<suite>', 'suite id, folder with suite.json, or folder of videos')
    .option('--against <suite>', 'another suite or folder of videos, such as a training set: whose music is in both?')
    .option('--gate', 'exit 100 when music is shared with the other set')
    .option('--cache <folder>', 'cache folder')
    .option('--jobs <n>', 'clips read at a time', parseCount, availableParallelism())
    .option('--json', 'print the audit as JSON')
    .option('--quiet', 'no progress on stderr')
    .addHelpText(
      'after',
      `
Music is compared by pairs of spectral peaks: cuts, codecs, gain and noise are seen through, another tempo or key is not.

Examples:
  bench suites audit v2m-bench --against ./my-training-videos
  bench suites audit demo --json`,
    )
    .action(async (name: string, options: AuditOptions) => {
      setExitCode(await audit(name, options, context));
    });
}

async function audit(name: string, options: AuditOptions, { terminal, signal }: CommandContext): Promise<number> {
  const progress = createProgressDisplay(terminal, { quiet: options.quiet === true });
  const loading = { cacheDir: cacheDirectory(options.cache), signal, jobs: options.jobs };
  const suite = await loadSuite(name, loading);
  const against = options.against === undefined ? undefined : await loadSuite(options.against, loading);
  const display = createStepDisplay(progress, 'examine');
  const result = await auditSuite(suite.clips, against?.clips, {
    jobs: options.jobs,
    signal,
    onProgress: ({ clipId, ...at }) => display.itemDone(clipId, at),
  });
  display.finished();
  if (options.json === true) printJson(terminal, { suite: suite.id, against: against?.id, ...result });
  else print(terminal, result, { suite: suite.id, against: against?.id });
  return options.gate === true && (result.leaks?.length ?? 0) > 0 ? exitCodes.gateFailed : exitCodes.ok;
}

function print(
  terminal: Terminal,
  { clips, unmeasured, within, leaks, againstUnmeasured = [] }: SuiteAudit,
  { suite, against }: { readonly suite: string; readonly against: string | undefined },
): void {
  const { out } = terminal;
  out(`${suite}: music of ${clips.length} clips measured, of ${unmeasured.length} not`);
  printReasons(out, unmeasured);
  const table = new Table({ head: ['', 'least', 'median', 'most', 'measured'], style: { head: [], border: [] } });
  const values = (pick: (clip: (typeof clips)[number]) => number | undefined): number[] =>
    clips.map(pick).filter((value) => value !== undefined);
  table.push(
    rowOf(
      'loudness (LUFS)',
      values(({ loudnessLufs: l }) => (l.status === 'ok' ? l.value : undefined)),
    ),
    rowOf(
      'true peak (dBTP)',
      values(({ truePeakDb: p }) => (p.status === 'ok' ? p.value : undefined)),
    ),
    rowOf(
      'length (s)',
      values(({ durationSeconds }) => durationSeconds),
    ),
  );
  out(table.toString());
  out(`sample rates  ${tally(clips.map(({ sampleRateHz }) => `${sampleRateHz} Hz`))}`);
  out(`channels      ${tally(clips.map(({ channels }) => String(channels)))}`);
  out(`codecs        ${tally(clips.map(({ codec }) => codec))}`);
  printShared(out, `Music shared by two clips of ${suite}`, within);
  if (leaks === undefined) return;
  printShared(out, `Music of ${suite} that is also in ${against}`, leaks);
  if (againstUnmeasured.length > 0) out(`\nNot measured in ${against}: ${againstUnmeasured.length}`);
  printReasons(out, againstUnmeasured);
}

function printReasons(out: Terminal['out'], clips: SuiteAudit['unmeasured']): void {
  for (const { clipId, reason } of clips) out(`  ${clipId}: ${reason}`);
}

function rowOf(title: string, values: readonly number[]): string[] {
  if (values.length === 0) return [title, 'not measured', '', '', '0'];
  const sorted = [...values].sort((a, b) => a - b);
  const at = (p: number): string => quantileOfSorted(sorted, p).toFixed(1);
  return [title, at(0), at(0.5), at(1), String(values.length)];
}

function tally(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name}: ${count}`)
    .join(', ');
}

function printShared(out: Terminal['out'], title: string, shared: readonly SharedMusic[]): void {
  out(`\n${title}: ${shared.length === 0 ? 'none found' : shared.length}`);
  for (const { clipId, otherId, match } of shared) {
    const { lengthSeconds, offsetSeconds, share } = match;
    out(
      `  ${clipId} and ${otherId}: ${lengthSeconds.toFixed(1)} s, ${(100 * share).toFixed(0)} % of the landmarks, shifted by ${offsetSeconds.toFixed(2)} s`,
    );
  }
}
