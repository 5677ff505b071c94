import { lockForProcess } from '../store/process-lock.js';

/** Held while a process downloads to `target`. */
export function lockDownload(target: string): Promise<AsyncDisposable> {
  return lockForProcess(`${target}.lock`, (owner) => ({
    code: 'download-in-use',
    kind: 'environment',
    file: target,
    problem: `another process (${owner}) is downloading this file`,
    remedy: 'Wait for it',
  }));
}
