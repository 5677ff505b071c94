import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BenchError, type BenchErrorFields } from '../core/errors.js';

/** A file that says which process works on something; the lock of a process that is gone (killed) is taken over. */
export async function lockForProcess(
  path: string,
  refusal: (owner: number) => BenchErrorFields,
): Promise<AsyncDisposable> {
  await mkdir(dirname(path), { recursive: true });
  for (let attempt = 0; ; attempt++) {
    try {
      const handle = await open(path, 'wx');
      await handle.writeFile(String(process.pid)).finally(() => handle.close());
      return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 0) throw error;
      const owner = Number.parseInt(await readFile(path, 'utf8').catch(() => ''), 10);
      // A container gives each of its runs the same process id: our own number is that of a dead one.
      if (Number.isInteger(owner) && owner !== process.pid && isAlive(owner)) throw new BenchError(refusal(owner));
      await rm(path, { force: true });
    }
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
