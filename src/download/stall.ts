import { TransientError } from './download-errors.js';

/** The result of `work`, or a TransientError if it takes longer; the caller aborts what is still going on. */
export async function withStallLimit<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const stalled = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TransientError(`nothing came for ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([work, stalled]);
  } finally {
    clearTimeout(timer);
    // The loser of the race may still reject; that is no unhandled error.
    work.catch(() => undefined);
  }
}
