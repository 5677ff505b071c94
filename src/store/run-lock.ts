import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchError } from '../core/errors.js';

/** Held while a process works on a run folder; a lock whose process is gone (killed) is taken over. */
export async function lockRunFolder(folder: string): Promise<AsyncDisposable> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'lock');
  for (let attempt = 0; ; attempt++) {
    try {
      const handle = await open(path, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 0) throw error;
      await takeOverOrRefuse(path, folder);
    }
  }
}

async function takeOverOrRefuse(path: string, folder: string): Promise<void> {
  const owner = Number.parseInt(await readFile(path, 'utf8').catch(() => ''), 10);
  if (Number.isInteger(owner) && owner !== process.pid && isAlive(owner)) {
    throw new BenchError({
      code: 'run-in-use',
      kind: 'environment',
      file: folder,
      problem: `another process (${owner}) is working on this run`,
      remedy: 'Wait for it, or give another folder with --out',
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
