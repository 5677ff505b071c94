import Table from 'cli-table3';
import { Command } from 'commander';
import { modelsDirectory } from '../models/models-folder.js';
import { type ModelRow, modelRows } from './model-rows.js';
import { type CommandContext, printJson } from './terminal.js';

export function modelsListCommand({ terminal }: CommandContext): Command {
  return new Command('list')
    .description('The models that ship with bench, those that you imported, and those that can be fetched.')
    .option('--models <folder>', 'folder of imported models')
    .option('--json', 'print everything as JSON')
    .action(async (options: { readonly models?: string; readonly json?: boolean }) => {
      const rows = await modelRows(modelsDirectory(options.models));
      if (options.json === true) return printJson(terminal, rows);
      const head = ['id', 'state', 'licence', 'MB', 'what it is'];
      const table = new Table({
        head,
        colWidths: [27, 15, 20, 8, 56],
        wordWrap: true,
        style: { head: [], border: [] },
      });
      for (const row of rows) table.push([row.id, stateText(row), licenceText(row), megabytes(row), row.title]);
      return terminal.out(table.toString());
    });
}

function stateText({ state, dtype, trained, problem }: ModelRow): string {
  if (problem !== undefined) return `DAMAGED: ${problem}`;
  const details = [dtype, trained === false ? 'UNTRAINED' : undefined].filter((detail) => detail !== undefined);
  return [state, ...details].join(' ');
}

export function licenceText({ licence, nonCommercial }: Pick<ModelRow, 'licence' | 'nonCommercial'>): string {
  return nonCommercial ? `${licence} NON-COMMERCIAL` : licence;
}

function megabytes({ bytes }: ModelRow): string {
  return bytes === undefined ? '?' : (bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0);
}
