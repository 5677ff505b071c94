import { Command } from 'commander';
import { createEncoders } from '../encoders/index.js';
import { chanceMeaning } from '../metrics/chance-meaning.js';
import { metrics } from '../metrics/index.js';
import { type Metric, targetNeedsOf } from '../metrics/metric.js';
import { betterOf } from '../report/format.js';
import { matchesPattern } from '../verify/case-line.js';
import { type CommandContext, printJson } from './terminal.js';

export function metricsListCommand({ terminal }: CommandContext): Command {
  return new Command('list')
    .description('Every metric: level, direction, range, encoder, names in papers, reference, chance level.')
    .argument('[pattern]', 'only ids that hold this text; * stands for anything')
    .option('--ids', 'print the ids alone')
    .option('--json', 'print everything as JSON')
    .addHelpText(
      'after',
      `
Most metrics exist over several encoders: a family and a space make an id.

Examples:
  bench metrics list frechet
  bench metrics list 'kl-*-ref-gen' --ids
  bench metrics list --json`,
    )
    .action((pattern: string | undefined, options: { readonly ids?: boolean; readonly json?: boolean }) => {
      const chosen = metrics.filter(({ id }) => matchesPattern(id, pattern));
      if (options.json === true) return printJson(terminal, chosen.map(described));
      if (chosen.length === 0) terminal.err(`no metric matches "${pattern}"`);
      for (const metric of chosen) terminal.out(options.ids === true ? metric.id : block(metric));
      return undefined;
    });
}

/** Everything about a metric but its functions. */
function described(metric: Metric): object {
  const { id, version, title, summary, aliases, level, direction, range, unit, need, citation, knownFailure } = metric;
  return {
    ...{ id, version, title, summary, aliases, level, direction, range, unit, need },
    against: againstOf(metric),
    targets: targetsOf(metric),
    needsImport: needsImport(metric),
    ...{ citation, knownFailure, chance: chanceMeaning(metric) },
  };
}

function block(metric: Metric): string {
  const { id, version, title, summary, aliases, level, direction, range, unit, need, citation, knownFailure } = metric;
  const against = againstOf(metric);
  const targets = targetsOf(metric).map(({ encoder, output }) => `, ${encoder} ${output}`);
  const lines: [string, string][] = [
    ['', title],
    ['', summary],
    ['level', `${level}${against === undefined ? '' : `, against ${against}`}`],
    ['direction', betterOf(direction)],
    ['range', `${range}${unit === undefined ? '' : ` ${unit}`}`],
    ['encoder', `${need.encoder} ${need.output}${targets.join('')}${needsImport(metric) ? ' (imported)' : ''}`],
    ['in papers', aliases.length === 0 ? 'no other name' : aliases.join(', ')],
    ['reference', citation],
    ['chance', chanceMeaning(metric)],
    ['fails', knownFailure],
  ];
  const text = lines.map(([name, value]) => (name === '' ? `  ${value}` : `  ${name.padEnd(10)} ${value}`));
  return [`${id} (version ${version})`, ...text, ''].join('\n');
}

function againstOf(metric: Metric): string | undefined {
  return metric.level === 'signal' ? metric.heldAgainst : metric.against;
}

function targetsOf(metric: Metric): { readonly encoder: string; readonly output: string }[] {
  return (['video', 'caption', 'annotations'] as const).flatMap((source) => targetNeedsOf(metric, source));
}

const shippedEncoders = new Set(createEncoders().map(({ id }) => id));

/** Whether it reads a network that the user imports. */
function needsImport(metric: Metric): boolean {
  const needs = [metric.need, ...targetsOf(metric).filter(({ encoder }) => encoder !== 'annotations')];
  return needs.some(({ encoder }) => !shippedEncoders.has(encoder));
}
