import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BenchError } from '../../core/errors.js';

/** Held while a process downloads to `target`; the lock of a process that is gone is taken over. */
export async function lockDownload(target: string): Promise<AsyncDisposable> {
  const path = `${target}.lock`;
  await mkdir(dirname(path), { recursive: true });
  for (let attempt = 0; ; attempt++) {
    try {
      const handle = await open(path, 'wx');
      await handle.writeFile(String(process.pid)).finally(() => handle.close());
      return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 0) throw error;
      await removeIfAbandoned(path, target);
    }
  }
}

async function removeIfAbandoned(path: string, target: string): Promise<void> {
  const owner = Number.parseInt(await readFile(path, 'utf8').catch(() => ''), 10);
  if (Number.isInteger(owner) && isAlive(owner)) {
    throw new BenchError({
      code: 'download-in-use',
      kind: 'environment',
      file: target,
      problem: `another process (${owner}) is downloading this file`,
      remedy: 'Wait for it',
    });
  }
  await rm(path, { force: true });
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
