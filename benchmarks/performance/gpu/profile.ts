/**
 * One profiled window; `npm run bench:gpu -- --profile` starts it as a process of its own, since CUDA reads once whether kernels wait for each other
 * (CUDA_LAUNCH_BLOCKING=1): without that the host's times are those of launches, and the waiting stands at whatever operator comes to it.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExecutionProvider, openSessionFile } from '../../../src/models/session.js';
import { operatorTable, operatorTimes, type ProfileEvent } from './operator-times.js';
import { createWindowRun, type WindowRunOptions } from './window-run.js';

/** Given as JSON on the command line. */
export interface ProfileJob extends WindowRunOptions {
  readonly path: string;
  readonly provider: ExecutionProvider;
}

const job = JSON.parse(process.argv[2]!) as ProfileJob;
const folder = mkdtempSync(join(tmpdir(), 'bench-profile-'));
try {
  const { path, provider, clips, columns } = job;
  const session = await openSessionFile(path, { provider, profilePrefix: join(folder, 'profile') });
  const run = createWindowRun(session, job);
  await run();
  await run();
  await session[Symbol.asyncDispose]();
  const [file] = readdirSync(folder);
  const events = JSON.parse(readFileSync(join(folder, file!), 'utf8')) as ProfileEvent[];
  const times = operatorTimes(events);
  const waits = process.env.CUDA_LAUNCH_BLOCKING === '1' && provider === 'cuda';
  const how = waits ? 'each kernel waited for' : 'as the host sees it';
  console.log(
    `profile: ${clips} clips, ${columns - 1} steps, ${how}: ${(times.runMs / (columns - 1)).toFixed(3)} ms a step`,
  );
  console.log(operatorTable(times, columns - 1));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
