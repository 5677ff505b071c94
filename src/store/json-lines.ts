import { mkdir, open, readFile, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BenchError } from '../core/errors.js';

/** A file of one JSON value a line, written as results come, so that a killed run keeps what it had. */
export interface JsonLinesFile<T> {
  readonly records: readonly T[];
  append(record: T): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens for reading and appending. A last line without its newline was torn by a kill: it is cut off and its item will be
 * done again. Any other unreadable line is an error, for then the file is not ours to repair.
 */
export async function openJsonLines<T>(path: string): Promise<JsonLinesFile<T>> {
  await mkdir(dirname(path), { recursive: true });
  const records = await readJsonLines<T>(path, { repair: true });
  const handle = await open(path, 'a');
  // One write at a time: two concurrent appends must not interleave their bytes.
  let last: Promise<unknown> = Promise.resolve();
  return {
    records,
    append: (record) => {
      const write = last.then(() => handle.appendFile(`${JSON.stringify(record)}\n`));
      last = write.catch(() => undefined);
      return write;
    },
    close: async () => {
      await last;
      await handle.sync();
      await handle.close();
    },
  };
}

/** All records of a file; a missing file has none. */
export async function readJsonLines<T>(path: string, options: { readonly repair?: boolean } = {}): Promise<T[]> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  const wholeLength = bytes.lastIndexOf(0x0a) + 1;
  if (options.repair === true && wholeLength < bytes.length) await truncate(path, wholeLength);
  const lines = bytes.subarray(0, wholeLength).toString('utf8').split('\n').slice(0, -1);
  return lines.map((line, index) => parseLine<T>(line, path, index + 1));
}

function parseLine<T>(line: string, path: string, lineNumber: number): T {
  try {
    return JSON.parse(line) as T;
  } catch (cause) {
    throw new BenchError({
      code: 'broken-record',
      kind: 'input',
      file: path,
      field: `line ${lineNumber}`,
      problem: 'is not JSON',
      remedy: 'Remove the run folder to start again',
      cause,
    });
  }
}
