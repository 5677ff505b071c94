import { setMaxListeners } from 'node:events';
import { CommanderError } from 'commander';
import { BenchError, exitCodes } from '../core/errors.js';
import { createProgram } from './program.js';
import { allowRelaxedVectors } from './relaxed-vectors.js';
import { processTerminal, type Terminal } from './terminal.js';

/** Runs one command line and returns the exit code; never exits by itself. */
export async function main(args: readonly string[], terminal: Terminal = processTerminal): Promise<number> {
  const abort = new AbortController();
  // Every decoder, thread and download of a run listens to it: many at a time are no leak.
  setMaxListeners(0, abort.signal);
  const interrupt = (): void => abort.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  let exitCode: number = exitCodes.ok;
  const context = { terminal, signal: abort.signal, now: () => new Date(), commandLine: ['bench', ...args].join(' ') };
  const setExitCode = (code: number): void => {
    exitCode = code;
  };
  try {
    const program = await createProgram(args, { context, setExitCode });
    // Not before the command's modules are there: what Node loads of its own after it has been asked comes without its compiled code.
    allowRelaxedVectors();
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return abort.signal.aborted ? interrupted(terminal) : explain(error, terminal);
  } finally {
    process.removeListener('SIGINT', interrupt);
    process.removeListener('SIGTERM', interrupt);
  }
}

function interrupted(terminal: Terminal): number {
  terminal.err('interrupted; the same command goes on where this one stopped');
  return exitCodes.interrupted;
}

function explain(error: unknown, terminal: Terminal): number {
  // Commander has already printed its own message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (error instanceof BenchError) {
    terminal.err(`error: ${error.message}`);
    return codeOfKind[error.kind];
  }
  terminal.err(`This is a defect of bench; please report it with the lines below.\n${stackOf(error)}`);
  return exitCodes.error;
}

const codeOfKind: Record<BenchError['kind'], number> = {
  usage: exitCodes.usage,
  input: exitCodes.error,
  environment: exitCodes.error,
  incomplete: exitCodes.incomplete,
  interrupted: exitCodes.interrupted,
};

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
