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
  let columns = Array.from({ length: channels }, () => new Float32Array(Math.max(1, Math.min(limit, expected))));
  let rest: Uint8Array = new Uint8Array(0);
  let seen = 0;
  let kept = 0;

  const reserve = (frames: number): void => {
    if (frames <= columns[0]!.length) return;
    const size = Math.min(limit, Math.max(frames, Math.ceil(columns[0]!.length * 1.5)));
    columns = columns.map((old) => {
      const grown = new Float32Array(size);
      grown.set(old.subarray(0, kept));
      return grown;
    });
  };

  const push = (chunk: Uint8Array): boolean => {
    const frames = Math.floor((rest.length + chunk.length) / frameBytes);
    // A copy: samples need not lie on a 4-byte boundary of the chunk.
    const bytes = new Uint8Array(rest.length + chunk.length);
    bytes.set(rest);
    bytes.set(chunk, rest.length);
    rest = bytes.slice(frames * frameBytes);
    const samples = new Float32Array(bytes.buffer, 0, frames * channels);
    const first = Math.min(frames, Math.max(0, skip - seen));
    const count = Math.min(frames - first, limit - kept);
    reserve(kept + count);
    for (let channel = 0; channel < channels; channel++) {
      const column = columns[channel]!;
      for (let frame = 0; frame < count; frame++) column[kept + frame] = samples[(first + frame) * channels + channel]!;
    }
    seen += frames;
    kept += count;
    return kept >= limit;
  };

  return { push, finish: () => columns.map((column) => (column.length === kept ? column : column.slice(0, kept))) };
}
