/** Where a command talks: data to `out`, everything else to `err`. Tests give their own. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Bars instead of lines. */
  readonly isInteractive: boolean;
  readonly columns: number;
}

/** `bench … | head` closes the pipe early: that is no error of the command. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
process.stdout.on('error', ignoreClosedPipe);
process.stderr.on('error', ignoreClosedPipe);

export const processTerminal: Terminal = {
  out: (text) => {
    process.stdout.write(`${text}\n`);
  },
  err: (text) => {
    process.stderr.write(`${text}\n`);
  },
  isInteractive: process.stderr.isTTY === true,
  columns: process.stdout.columns ?? 120,
};

/** What every command works with. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** As typed, without the interpreter. */
  readonly commandLine: string;
}

/** Machine-readable data on stdout, pretty enough to read. */
export function printJson({ out }: Terminal, value: unknown): void {
  out(JSON.stringify(value, null, 2));
}
