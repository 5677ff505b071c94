import { type ChildProcess, execFile } from 'node:child_process';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import createCommand from 'fluent-ffmpeg';
import { BenchError } from '../core/errors.js';
import { locateBinaries } from './binaries.js';
import { createHandover } from './handover.js';

export interface FfmpegInput {
  /** An absolute path (a relative one could read as a protocol), or bytes for standard input. */
  readonly source: string | Readable;
  readonly options?: readonly string[];
}

export interface FfmpegJob {
  readonly inputs: readonly FfmpegInput[];
  readonly outputOptions: readonly string[];
  /** The file that error messages name. */
  readonly subject: string;
  readonly signal?: AbortSignal;
  /** Called with each line that ffmpeg prints; at its log level `error` that is trouble only. */
  readonly onMessage?: (line: string) => void;
}

type Command = ReturnType<typeof createCommand>;

interface Run {
  /** Settles when the process is gone; rejects with the reader's sentence when it failed. */
  readonly ended: Promise<void>;
  /** Kills the process if it still runs, and waits until it is gone. */
  stop(): Promise<void>;
}

const keptMessages = 8;

/** The first line of `ffmpeg -version`, without the copyright. */
export async function ffmpegVersion(): Promise<string> {
  const { stdout } = await promisify(execFile)(locateBinaries().ffmpeg, ['-version']);
  return (stdout.split('\n')[0] ?? '')
    .replace(/^ffmpeg version /, '')
    .replace(/ Copyright.*$/, '')
    .trim();
}

/**
 * What ffmpeg writes to its standard output, chunk by chunk; ffmpeg waits while the reader does. Leaving the loop early or
 * aborting kills the process before the loop's next statement runs.
 */
export async function* readFfmpeg(job: FfmpegJob): AsyncGenerator<Uint8Array, void, undefined> {
  const handover = createHandover();
  const command = commandFor(job).output(handover.input, { end: true });
  const run = start(command, withoutFlushing(job), () => handover.input.end());
  try {
    for (let chunk = await handover.next(); chunk !== undefined; chunk = await handover.next()) yield chunk;
    await run.ended;
  } finally {
    await run.stop();
  }
}

/** Writes of whole buffers in place of one a packet: a third of the chunks to hand over. */
function withoutFlushing(job: FfmpegJob): FfmpegJob {
  return { ...job, outputOptions: [...job.outputOptions, '-flush_packets', '0'] };
}

/** Runs ffmpeg with a file as its output. */
export async function writeFfmpeg(job: FfmpegJob, outputPath: string): Promise<void> {
  const run = start(commandFor(job).output(outputPath), job);
  try {
    await run.ended;
  } finally {
    await run.stop();
  }
}

/** Whether this ffmpeg can encode to `encoder`, such as `libx264`. */
export async function hasEncoder(encoder: string): Promise<boolean> {
  const command = createCommand().setFfmpegPath(locateBinaries().ffmpeg);
  return new Promise((resolve, reject) => {
    command.getAvailableEncoders((error: Error | null, encoders) =>
      error ? reject(error) : resolve(encoder in encoders),
    );
  });
}

/** ffprobe's streams and format, unchecked. Rejects with what ffprobe said. */
export async function runFfprobe(path: string): Promise<unknown> {
  const command = createCommand(path).setFfprobePath(locateBinaries().ffprobe);
  return new Promise((resolve, reject) => {
    command.ffprobe(['-v', 'error'], (error: Error | null, data: unknown) => {
      if (error === null || error === undefined) return resolve(data);
      const said = error.message
        .replace(/^ffprobe exited with code \d+\n/, '')
        .split('\n')
        .filter((line) => line !== '');
      reject(new Error(said.map(withoutAddress).slice(-keptMessages).join('; ')));
    });
  });
}

function commandFor(job: FfmpegJob): Command {
  const command = createCommand({ stdoutLines: 200 }).setFfmpegPath(locateBinaries().ffmpeg);
  for (const [index, { source, options = [] }] of job.inputs.entries()) {
    // Two or more arguments: fluent-ffmpeg splits a single one at its spaces.
    const global = index === 0 ? ['-v', 'error', '-hide_banner'] : [];
    const interactive = index === 0 && typeof source === 'string' ? ['-nostdin'] : [];
    command.input(source);
    const all = [...global, ...interactive, ...options];
    if (all.length > 0) command.inputOptions(...(all as [string, ...string[]]));
  }
  return command;
}

function start(command: Command, job: FfmpegJob, onNotStarted?: () => void): Run {
  const messages: string[] = [];
  let child: ChildProcess | undefined;
  let gone: Promise<void> = Promise.resolve();
  let stopped = false;
  const kill = (): void => {
    stopped = true;
    child?.kill('SIGKILL');
  };
  command.outputOptions(...(job.outputOptions as [string, ...string[]]));
  command.on('stderr', (line: string) => {
    const message = withoutAddress(line).trim();
    if (message === '') return;
    messages.push(message);
    if (messages.length > keptMessages) messages.shift();
    job.onMessage?.(message);
  });
  const ended = new Promise<void>((resolve, reject) => {
    command.once('start', () => {
      child = (command as unknown as { readonly ffmpegProc: ChildProcess }).ffmpegProc;
      gone = new Promise((left) => child?.once('close', () => left()));
      if (stopped) kill();
    });
    command.once('end', () => resolve());
    command.on('error', (error: Error & { inputStreamError?: unknown }) => {
      if (child === undefined) onNotStarted?.();
      reject(errorFor(job, messages, error));
    });
  });
  // A reader that stops early never looks at `ended`.
  ended.catch(() => undefined);
  if (job.signal?.aborted) kill();
  job.signal?.addEventListener('abort', kill, { once: true });
  command.run();
  return {
    ended,
    stop: async () => {
      job.signal?.removeEventListener('abort', kill);
      kill();
      // What nobody reads any more would keep the pipe open, and with it the end of the process from being told.
      child?.stdout?.destroy();
      await ended.catch(() => undefined);
      await gone;
    },
  };
}

function errorFor(job: FfmpegJob, messages: readonly string[], error: Error & { inputStreamError?: unknown }): unknown {
  if (job.signal?.aborted) {
    return new BenchError({
      code: 'interrupted',
      kind: 'interrupted',
      problem: 'stopped on request',
      file: job.subject,
    });
  }
  // What the caller's own frames threw, not ffmpeg's echo of it.
  if (error.inputStreamError !== undefined) return error.inputStreamError;
  return new BenchError({
    code: 'ffmpeg-failed',
    kind: 'input',
    problem: `ffmpeg could not process it: ${messages.length > 0 ? messages.join('; ') : firstLine(error.message)}`,
    file: job.subject,
    remedy: 'Check that the file plays, or convert it again',
  });
}

/** `[mov,mp4 @ 0x55d0] text` → `[mov,mp4] text`: the same trouble reads the same each time. */
function withoutAddress(line: string): string {
  return line.replace(/ @ (0x)?[0-9a-f]+\]/g, ']');
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
