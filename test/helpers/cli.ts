import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const packageRoot: string = fileURLToPath(new URL('../../', import.meta.url));
/** Shared by all test files, so that the demo suite is made once. */
export const testCache: string =
  process.env.BENCH_CACHE_DIR ?? fileURLToPath(new URL('../../.test-cache', import.meta.url));

/**
 * For tests that start ffmpeg many times and are not about its version: the npm packages' copies are linked statically
 * and start in a fiftieth of the processor time that a distribution's take (measured: 2 ms against 110 ms).
 */
export const bundledFfmpeg: NodeJS.ProcessEnv = { BENCH_FFMPEG: 'bundled', BENCH_FFPROBE: 'bundled' };

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real program in its own process, as a user starts it. */
export function startBench(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): {
  readonly process: ChildProcess;
  readonly result: Promise<CliResult>;
} {
  const child = spawn(process.execPath, [`${packageRoot}bin/bench.js`, ...args], {
    cwd: options.cwd ?? packageRoot,
    env: { ...process.env, BENCH_CACHE_DIR: testCache, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  const result = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return { process: child, result };
}

export function bench(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<CliResult> {
  return startBench(args, options).result;
}
