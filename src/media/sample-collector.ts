export interface CollectorOptions {
  readonly channels: number;
  /** Sample frames to drop first. */
  readonly skip: number;
  /** Sample frames to keep; Infinity: all. */
  readonly limit: number;
  /** A good guess of how many will be kept, to allocate once. */
  readonly expected: number;
}

export interface SampleCollector {
  /** Takes any cut of the byte stream. Returns true once `limit` is reached. */
  push(chunk: Uint8Array): boolean;
  finish(): Float32Array[];
}

/** Turns a stream of interleaved little-endian float32 bytes into one array a channel, keeping a window of it only. */
export function createSampleCollector({ channels, skip, limit, expected }: CollectorOptions): SampleCollector {
  const frameBytes = 4 * channels;
  let columns = Array.from({ length: channels }, () => unfilled(Math.max(1, Math.min(limit, expected))));
  let rest: Uint8Array = new Uint8Array(0);
  let seen = 0;
  let kept = 0;

  const reserve = (frames: number): void => {
    if (frames <= columns[0]!.length) return;
    const size = Math.min(limit, Math.max(frames, Math.ceil(columns[0]!.length * 1.5)));
    columns = columns.map((old) => {
      const grown = unfilled(size);
      grown.set(old.subarray(0, kept));
      return grown;
    });
  };

  const push = (chunk: Uint8Array): boolean => {
    const frames = Math.floor((rest.length + chunk.length) / frameBytes);
    const bytes = joined(rest, chunk);
    rest = bytes.slice(frames * frameBytes);
    const samples = new Float32Array(bytes.buffer, bytes.byteOffset, frames * channels);
    const first = Math.min(frames, Math.max(0, skip - seen));
    const count = Math.min(frames - first, limit - kept);
    reserve(kept + count);
    part(samples.subarray(first * channels, (first + count) * channels), columns, kept);
    seen += frames;
    kept += count;
    return kept >= limit;
  };

  return { push, finish: () => columns.map((column) => shortened(column, kept)) };
}

/** The chunk itself where it can be read as samples: on a 4-byte boundary, with nothing left over before it. */
function joined(rest: Uint8Array, chunk: Uint8Array): Uint8Array {
  if (rest.length === 0 && chunk.byteOffset % 4 === 0) return chunk;
  const bytes = new Uint8Array(rest.length + chunk.length);
  bytes.set(rest);
  bytes.set(chunk, rest.length);
  return bytes;
}

/** Memory that holds anything: only what was written to it leaves this file. Filling an hour of sound with zeros takes a second. */
function unfilled(length: number): Float32Array<ArrayBuffer> {
  return new Float32Array(Buffer.allocUnsafeSlow(4 * length).buffer as ArrayBuffer, 0, length);
}

/** The first `length` samples; copied only where keeping the rest would waste more than an eighth. */
function shortened(column: Float32Array<ArrayBuffer>, length: number): Float32Array {
  return column.length - length > length / 8 ? column.slice(0, length) : column.subarray(0, length);
}

/** Interleaved samples to one column a channel, from `at` on. */
function part(samples: Float32Array, columns: readonly Float32Array[], at: number): void {
  const channels = columns.length;
  const [left, right] = columns;
  if (channels === 1) left!.set(samples, at);
  else if (channels === 2) {
    for (let from = 0, to = at; from < samples.length; from += 2, to++) {
      left![to] = samples[from]!;
      right![to] = samples[from + 1]!;
    }
  } else {
    for (const [channel, column] of columns.entries())
      for (let from = channel, to = at; from < samples.length; from += channels, to++) column[to] = samples[from]!;
  }
}
