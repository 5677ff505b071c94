import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Table from 'cli-table3';
import { Command } from 'commander';
import { auditMetric } from '../audit/audit-metric.js';
import type { AuditedDamage } from '../audit/audit-types.js';
import type { Damage } from '../baselines/damaged/damage.js';
import { damagedId, damagedSystem, undamaged } from '../baselines/damaged/damaged-system.js';
import { damages as allDamages, damageById } from '../baselines/damaged/index.js';
import { exitCodes } from '../core/errors.js';
import type { Generator } from '../generate/generator.js';
import type { Metric } from '../metrics/metric.js';
import { type AuditedMetric, type AuditReport, buildAuditReport } from '../report/audit/audit-report.js';
import { verdictText } from '../report/audit/verdicts.js';
import { auditFiles, writeAudit } from '../report/write/write-audit.js';
import { executeAudit } from '../run/execute-audit.js';
import { runIdOf } from '../run/run-spec.js';
import { generatorSystem } from '../run/runnable-system.js';
import { parseNames } from './option-parsers.js';
import { assertWritable, prepareRun } from './prepare-run.js';
import type { SetExitCode } from './program.js';
import { addRunOptions, type RunOptions } from './run-options.js';
import { type CommandContext, printJson, type Terminal } from './terminal.js';

interface AuditOptions extends RunOptions {
  readonly damages?: readonly string[];
}

export function metricsAuditCommand(context: CommandContext, setExitCode: SetExitCode): Command {
  const command = new Command('audit')
    .description(
      'Does a metric measure what it claims? Damages the references under control and shows what it makes of it.',
    )
    .option('--damages <ids>', 'damages, separated by commas (default: all)', parseNames);
  return addRunOptions(command)
    .addHelpText(
      'after',
      `
Damages: ${allDamages.map(({ id }) => id).join(', ')}.
Writes ${Object.values(auditFiles).join(', ')} into the run folder: response curves, order, sensitivity, and what the number of clips does.

Examples:
  bench metrics audit --suite demo --limit 12
  bench metrics audit --suite v2m-bench --metrics frechet-vggish,imagebind-score --damages noise,time-offset`,
    )
    .action(async (options: AuditOptions) => {
      setExitCode(await audit(options, context));
    });
}

async function audit(options: AuditOptions, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const chosen = options.damages === undefined ? allDamages : options.damages.map(damageById);
  const generators: readonly Generator[] = [undamaged, ...chosen.flatMap(systemsOf)];
  const prepared = await prepareRun({ ...options, systems: [] }, context, generators.map(generatorSystem));
  const { execution, progress } = prepared;
  const folder = resolve(options.out ?? join('bench-runs', `audit-${runIdOf(execution.spec)}`));
  if (options.dryRun === true) return describe(terminal, { folder, generators, clips: execution.spec.clipIds.length });
  await assertWritable(folder);
  const { manifest, input } = await executeAudit({ ...execution, folder });
  const damages = chosen.map(describedDamage);
  const metrics: AuditedMetric[] = [];
  progress.stepStarted('aggregate', execution.metrics.length, 0);
  for (const metric of execution.metrics) {
    context.signal.throwIfAborted();
    metrics.push({ description: metric, audit: auditMetric(metric, { ...input, damages, undamagedId: undamaged.id }) });
    progress.itemDone('aggregate', metric.id);
    await setImmediate();
  }
  progress.stepFinished('aggregate');
  const report = buildAuditReport({ manifest, suite: execution.suite, damages, metrics });
  await writeAudit(folder, report);
  if (options.json === true) printJson(terminal, report);
  else printAudit(terminal, report, execution.metrics);
  terminal.err(`Page: ${join(folder, auditFiles.html)}`);
  return manifest.status === 'complete' || options.allowMissing === true ? exitCodes.ok : exitCodes.incomplete;
}

function systemsOf(damage: Damage): Generator[] {
  return damage.levels.map((_, level) => damagedSystem(damage, level));
}

function describedDamage(damage: Damage): AuditedDamage {
  const { id, title, summary, levels, levelText } = damage;
  return {
    ...{ id, title, summary },
    levels: levels.map((level, index) => ({ systemId: damagedId(damage, index), text: levelText(level) })),
  };
}

function describe(
  terminal: Terminal,
  plan: { readonly folder: string; readonly generators: readonly Generator[]; readonly clips: number },
): number {
  terminal.out(`${plan.generators.length} versions of ${plan.clips} clips, into ${plan.folder}`);
  for (const { id, title } of plan.generators) terminal.out(`  ${id}: ${title}`);
  return exitCodes.ok;
}

function printAudit(terminal: Terminal, report: AuditReport, metrics: readonly Metric[]): void {
  const table = new Table({
    head: ['damage', ...metrics.map(({ id }) => id)],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const { id, title } of report.damages) {
    const cells = report.metrics.map(({ audit: { curves } }) => {
      const curve = curves.find(({ damageId }) => damageId === id);
      return curve === undefined ? 'not in this audit' : verdictText(curve);
    });
    table.push([title, ...cells]);
  }
  terminal.out(table.toString());
}
