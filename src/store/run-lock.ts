import { join } from 'node:path';
import { lockForProcess } from './process-lock.js';

/** Held while a process works on a run folder. */
export function lockRunFolder(folder: string): Promise<AsyncDisposable> {
  return lockForProcess(join(folder, 'lock'), (owner) => ({
    code: 'run-in-use',
    kind: 'environment',
    file: folder,
    problem: `another process (${owner}) is working on this run`,
    remedy: 'Wait for it, or give another folder with --out',
  }));
}
