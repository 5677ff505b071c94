import Table from 'cli-table3';
import { Command } from 'commander';
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
