import Papa from 'papaparse';
import { inputError } from './parse-input.js';

export interface CsvRow {
  /** Line of the file on which the row starts, from 1. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

export interface CsvOptions {
  /** A comma if left out. */
  readonly delimiter?: ',' | '\t';
  /** Rows may lack cells at their end, which are empty then; other people's tables do. */
  readonly shortRows?: boolean;
}

/** A CSV (RFC 4180) with column names in its first line. Blank lines are passed over; spaces around cells are dropped. */
export function parseCsvTable(text: string, file: string, options: CsvOptions = {}): CsvTable {
  const { delimiter = ',', shortRows = false } = options;
  const parsed = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { delimiter });
  const broken = parsed.errors[0];
  if (broken !== undefined)
    throw inputError({ file, line: (broken.row ?? 0) + 1 }, { field: 'CSV', problem: broken.message });
  const records = numbered(parsed.data);
  const [head, ...body] = records;
  if (head === undefined)
    throw inputError({ file }, { field: 'line 1', problem: 'has no column names', expected: 'id,video,…' });
  const columns = head.cells;
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  if (twice !== undefined)
    throw inputError({ file, line: head.line }, { field: twice, problem: 'this column is there twice' });
  return {
    columns,
    rows: body.map(({ line, cells }) => ({
      line,
      cells: asRecord(columns, { file, line, cells: shortRows ? padded(cells, columns.length) : cells }),
    })),
  };
}

interface NumberedRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

function numbered(records: readonly (readonly string[])[]): NumberedRecord[] {
  let line = 1;
  const found: NumberedRecord[] = [];
  for (const record of records) {
    if (record.some((cell) => cell.trim() !== '')) found.push({ line, cells: record.map((cell) => cell.trim()) });
    // A quoted cell may run over several lines.
    line += 1 + record.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0);
  }
  return found;
}

function padded(cells: readonly string[], length: number): readonly string[] {
  return [...cells, ...Array<string>(Math.max(0, length - cells.length)).fill('')];
}

function asRecord(
  columns: readonly string[],
  record: NumberedRecord & { readonly file: string },
): Record<string, string> {
  const { file, line, cells } = record;
  if (cells.length !== columns.length) {
    throw inputError(
      { file, line, remedy: 'Quote a cell that holds a comma' },
      {
        field: 'row',
        problem: 'has another number of cells than the first line',
        expected: String(columns.length),
        got: String(cells.length),
      },
    );
  }
  return Object.fromEntries(columns.map((column, index) => [column, cells[index]!]));
}
