import { join, resolve } from 'node:path';
import { BenchError, exitCodes } from '../core/errors.js';
import { type ExecutedRun, executeRun } from '../run/execute-run.js';
import { runIdOf } from '../run/run-spec.js';
import { describePlan, renderPlan } from './plan-description.js';
import { assertWritable, prepareRun } from './prepare-run.js';
import type { createProgressDisplay } from './progress-display.js';
import { printLeaderboard, writeRunReport } from './report-command.js';
import { type RunOptions, redoableSteps } from './run-options.js';
import { type CommandContext, printJson } from './terminal.js';

/** `run` and `score`: selection → run → report → leaderboard on stdout. Returns the exit code. */
export async function runBenchmark(options: RunOptions, context: CommandContext): Promise<number> {
  const { terminal } = context;
  refuseEmptyRange(options);
  const prepared = await prepareRun(options, context);
  const { selection, execution, progress } = prepared;
  const { spec, cache, encoderById } = execution;
  const folder = resolve(options.out ?? join('bench-runs', runIdOf(spec)));
  if (options.dryRun === true) {
    const mediaInfo = prepared.mediaInfo;
    const plan = await describePlan({ spec, selection, folder, cache, mediaInfo, encoderById });
    if (options.json === true) printJson(terminal, plan);
    else terminal.out(renderPlan(plan));
    return exitCodes.ok;
  }
  await assertWritable(folder);
  const executed = await executeRun({
    ...execution,
    folder,
    ...(options.from === undefined ? {} : { from: options.from }),
    ...(options.until === undefined ? {} : { until: options.until }),
  });
  return finish(executed, options, context, progress);
}

async function finish(
  executed: ExecutedRun,
  options: RunOptions,
  { terminal }: CommandContext,
  progress: ReturnType<typeof createProgressDisplay>,
): Promise<number> {
  const { folder, manifest } = executed;
  if (options.until !== undefined) {
    terminal.err(`Stopped after ${options.until}. The run folder is ${folder}`);
    return exitCodes.ok;
  }
  progress.stepStarted('report', 1, 0);
  const { leaderboard, reportPath } = await writeRunReport(folder);
  progress.stepFinished('report');
  printLeaderboard(terminal, { leaderboard, reportPath, json: options.json === true });
  for (const warning of manifest.warnings) terminal.err(`warning: ${warning}`);
  return manifest.status === 'complete' || options.allowMissing === true ? exitCodes.ok : exitCodes.incomplete;
}

function refuseEmptyRange({ from, until }: RunOptions): void {
  if (from === undefined || until === undefined || redoableSteps.indexOf(from) <= redoableSteps.indexOf(until)) return;
  throw new BenchError({
    code: 'empty-step-range',
    kind: 'usage',
    problem: `--from ${from} comes after --until ${until}, so nothing would be done`,
    remedy: `The steps are ${redoableSteps.join(', ')}, in this order`,
  });
}
