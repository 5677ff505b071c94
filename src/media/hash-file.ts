import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { BenchError } from '../core/errors.js';

/** SHA-256 of a file as 64 hexadecimal digits, read as a stream. */
export async function hashFile(path: string, options: { readonly signal?: AbortSignal } = {}): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      if (options.signal?.aborted) {
        throw new BenchError({ code: 'interrupted', kind: 'interrupted', problem: 'stopped on request', file: path });
      }
      hash.update(chunk as Uint8Array);
    }
  } catch (cause) {
    if (cause instanceof BenchError) throw cause;
    const problem = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : 'cannot be read';
    throw new BenchError({ code: 'file-unreadable', kind: 'input', problem, file: path, cause });
  }
  return hash.digest('hex');
}
