import Table from 'cli-table3';
import { Command } from 'commander';
import { metrics } from '../metrics/index.js';
import type { Metric } from '../metrics/metric.js';
import { type UnavailableMetric, unavailableMetrics } from '../metrics/unavailable-metrics.js';
import { benchSystems, describeSystem } from './systems.js';
import { type CommandContext, printJson } from './terminal.js';

interface Listing<T> {
  readonly noun: string;
  readonly description: string;
  readonly rows: () => readonly T[];
  readonly columns: readonly (readonly [title: string, cell: (row: T) => string, widthColumns: number])[];
}

export function systemsCommand(context: CommandContext): Command {
  return listing(context, {
    noun: 'systems',
    description: 'The systems that ship with bench.',
    rows: () => benchSystems.map(describeSystem),
    columns: [
      ['id', ({ id }) => id, 20],
      ['version', ({ version }) => String(version), 9],
      ['sees', ({ sees }) => sees.join(', ') || 'nothing', 20],
      ['what it does', ({ summary }) => summary, 70],
    ],
  });
}

export function metricsCommand(context: CommandContext): Command {
  return listing(context, {
    noun: 'metrics',
    description: 'The metrics that can be asked for.',
    rows: metricRows,
    columns: [
      ['id', ({ id }) => id, 50],
      ['v', (row) => ('version' in row ? String(row.version) : ''), 4],
      ['level', (row) => ('level' in row ? row.level : ''), 8],
      ['better', (row) => ('direction' in row ? row.direction : ''), 8],
      ['encoder', (row) => ('need' in row ? `${row.need.encoder} ${row.need.output}` : ''), 24],
      ['what it measures', (row) => ('summary' in row ? row.summary : row.notMeasured), 60],
    ],
  });
}

type DescribedMetric = Pick<
  Metric,
  | 'id'
  | 'version'
  | 'title'
  | 'summary'
  | 'aliases'
  | 'direction'
  | 'range'
  | 'level'
  | 'need'
  | 'citation'
  | 'knownFailure'
>;

/** The metrics as data, and behind them those that have a name but no value, with the reason. */
function metricRows(): readonly (DescribedMetric | UnavailableMetric)[] {
  const described = metrics.map(
    ({ id, version, title, summary, aliases, direction, range, level, need, citation, knownFailure }) => ({
      ...{ id, version, title, summary, aliases, direction, range, level, need, citation, knownFailure },
    }),
  );
  return [...described, ...unavailableMetrics];
}

function listing<T>({ terminal }: CommandContext, { noun, description, rows, columns }: Listing<T>): Command {
  const list = new Command('list')
    .description(description)
    .option('--json', 'print everything as JSON')
    .action((options: { readonly json?: boolean }) => {
      if (options.json === true) return printJson(terminal, rows());
      const table = new Table({
        head: columns.map(([title]) => title),
        colWidths: columns.map(([, , width]) => width),
        wordWrap: true,
        style: { head: [], border: [] },
      });
      for (const row of rows()) table.push(columns.map(([, cell]) => cell(row)));
      return terminal.out(table.toString());
    });
  return new Command(noun).description(description).addCommand(list, { isDefault: true });
}
