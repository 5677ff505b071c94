/**
 * Runs `work` over all items, at most `jobs` at a time, in order of start. The first rejection stops new starts and is thrown
 * after the running ones have settled, so nothing goes on in the background.
 */
export async function mapConcurrently<T>(
  items: Iterable<T>,
  options: { readonly jobs: number; readonly signal?: AbortSignal },
  work: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  let stopped = false;
  const worker = async (): Promise<void> => {
    while (!stopped) {
      options.signal?.throwIfAborted();
      const next = iterator.next();
      if (next.done === true) return;
      try {
        await work(next.value);
      } catch (error) {
        stopped = true;
        throw error;
      }
    }
  };
  const settled = await Promise.allSettled(Array.from({ length: Math.max(1, options.jobs) }, worker));
  const broken = settled.find((result) => result.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
}
