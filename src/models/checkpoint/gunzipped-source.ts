import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type ByteSource, memorySource } from './byte-source.js';
import { damaged, refused } from './damage.js';
import { checkpointLimits } from './limits.js';

const limit = checkpointLimits.wholeFileBytes;

/** What a gzip file holds, in memory; closing it closes the file. Throws a BenchError for one that is damaged or too large once unpacked. */
export async function gunzippedSource(source: ByteSource): Promise<ByteSource> {
  const { file, size } = source;
  if (size > limit) throw tooLarge(file);
  const packed = await source.read(0, size);
  const bytes = await promisify(gunzip)(packed, { maxOutputLength: limit }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(file);
    throw damaged(file, { problem: `the file cannot be unpacked: ${error.message}` });
  });
  return { ...memorySource(bytes, file), [Symbol.asyncDispose]: () => source[Symbol.asyncDispose]() };
}

function tooLarge(file: string): Error {
  return refused(file, { problem: `the file has more than ${limit} bytes once it is unpacked` });
}
