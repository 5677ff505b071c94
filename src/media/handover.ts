import { Writable } from 'node:stream';

/** Chunks from a stream's side to a reader's, one at a time: the writer waits until the reader asks for more. */
export interface Handover {
  /** Where the chunks come in. */
  readonly input: Writable;
  /** The next chunk; undefined once `input` has ended. */
  next(): Promise<Uint8Array | undefined>;
}

/** Far less work a chunk than a PassThrough and its iterator, which is what reading hundreds of megabytes consists of. */
export function createHandover(): Handover {
  const waiting: Uint8Array[] = [];
  let taken: (() => void) | undefined;
  let arrived: ((chunk: Uint8Array | undefined) => void) | undefined;
  let ended = false;
  const hand = (chunk: Uint8Array | undefined): void => {
    const receive = arrived;
    arrived = undefined;
    receive?.(chunk);
  };
  const input = new Writable({
    // fluent-ffmpeg kills the process 20 ms after this stream's `close`, which a slow exit would turn into a false failure.
    emitClose: false,
    highWaterMark: 1 << 20,
    write: (chunk: Uint8Array, _, done) => {
      if (arrived !== undefined) {
        hand(chunk);
        done();
        return;
      }
      waiting.push(chunk);
      taken = done;
    },
    final: (done) => {
      ended = true;
      if (waiting.length === 0) hand(undefined);
      done();
    },
  });
  return {
    input,
    next: () => {
      const chunk = waiting.shift();
      if (chunk !== undefined) {
        const release = taken;
        taken = undefined;
        release?.();
        return Promise.resolve(chunk);
      }
      if (ended) return Promise.resolve(undefined);
      return new Promise((resolve) => {
        arrived = resolve;
      });
    },
  };
}
