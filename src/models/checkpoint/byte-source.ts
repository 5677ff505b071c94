import { open } from 'node:fs/promises';
import { BenchError } from '../../core/errors.js';
import { damaged } from './damage.js';

/** A file that is read by range. */
export interface ByteSource extends AsyncDisposable {
  /** Path, for messages. */
  readonly file: string;
  readonly size: number;
  /** Exactly these bytes, freshly allocated. Throws a BenchError where the file ends before. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Throws a BenchError for a path that is no readable file. */
export async function openFileSource(path: string): Promise<ByteSource> {
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw notReadable(path, cause);
  });
  const stats = await handle.stat();
  if (!stats.isFile()) {
    await handle.close();
    throw notReadable(path, new Error('not a file'));
  }
  return {
    file: path,
    size: stats.size,
    async read(offset, length) {
      checkRange({ file: path, size: stats.size }, offset, length);
      const bytes = new Uint8Array(length);
      let done = 0;
      while (done < length) {
        const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
        // The file was cut while it was read.
        if (bytesRead === 0) throw endsEarly(path, offset + done);
        done += bytesRead;
      }
      return bytes;
    },
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

/** A file that is in memory already. */
export function memorySource(bytes: Uint8Array, file: string): ByteSource {
  return {
    file,
    size: bytes.length,
    async read(offset, length) {
      checkRange({ file, size: bytes.length }, offset, length);
      return new Uint8Array(bytes.subarray(offset, offset + length));
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function checkRange(
  { file, size }: { readonly file: string; readonly size: number },
  offset: number,
  length: number,
): void {
  const isSound = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (!isSound || offset + length > size) throw endsEarly(file, size, `${length} bytes at ${offset}`);
}

function endsEarly(file: string, at: number, expected?: string): BenchError {
  return damaged(file, {
    field: `byte ${at}`,
    problem: 'the file breaks off',
    ...(expected === undefined ? {} : { expected }),
  });
}

function notReadable(path: string, cause: unknown): BenchError {
  return new BenchError({
    code: 'checkpoint-not-readable',
    kind: 'usage',
    file: path,
    problem: `the checkpoint cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    remedy: 'Give the path of the file',
    cause,
  });
}
