import type { FrameRequest, RgbFrame, VideoFrames } from '../core/frames.js';

/** Decoded pictures of the last few streams, so that several systems and encoders that look at one video decode it once. */
export interface FrameMemory {
  /** The same frames; a stream that `identity` and its request name is decoded at most once while it is remembered. */
  remembering(frames: VideoFrames, identity: string): VideoFrames;
}

interface Stored {
  readonly frames: readonly RgbFrame[];
  readonly bytes: number;
}

/** Holds at most `budgetBytes` of pictures; a longer stream passes through, the oldest go first. */
export function createFrameMemory(budgetBytes: number): FrameMemory {
  const stored = new Map<string, Stored>();
  const inProgress = new Map<string, Promise<void>>();
  let heldBytes = 0;

  const keep = (key: string, frames: readonly RgbFrame[], bytes: number): void => {
    stored.set(key, { frames, bytes });
    heldBytes += bytes;
    for (const [oldest, entry] of stored) {
      if (heldBytes <= budgetBytes) return;
      stored.delete(oldest);
      heldBytes -= entry.bytes;
    }
  };

  async function* decode(key: string, source: AsyncIterable<RgbFrame>): AsyncGenerator<RgbFrame, void, undefined> {
    const { promise, resolve } = withResolver();
    inProgress.set(key, promise);
    let frames: RgbFrame[] | undefined = [];
    let bytes = 0;
    try {
      for await (const frame of source) {
        bytes += frame.rgb.byteLength;
        if (bytes > budgetBytes) frames = undefined;
        frames?.push(frame);
        yield frame;
      }
      if (frames !== undefined) keep(key, frames, bytes);
    } finally {
      inProgress.delete(key);
      resolve();
    }
  }

  async function* stream(key: string, open: () => AsyncIterable<RgbFrame>): AsyncGenerator<RgbFrame, void, undefined> {
    // Whoever asks while the stream is being decoded waits for its end; a reader that left early stored nothing.
    for (let other = inProgress.get(key); other !== undefined; other = inProgress.get(key)) await other;
    const known = stored.get(key);
    if (known === undefined) yield* decode(key, open());
    else yield* known.frames;
  }

  return {
    remembering: (frames, identity) => ({
      ...frames,
      stream: (request, options) => stream(keyOf(identity, frames, request), () => frames.stream(request, options)),
    }),
  };
}

function keyOf(identity: string, frames: VideoFrames, request: FrameRequest): string {
  const { widthPx, heightPx, framesPerSecond = frames.framesPerSecond, pick, conversion = 'exact' } = request;
  return `${identity} ${widthPx}x${heightPx} ${conversion} ${pick === undefined ? framesPerSecond : JSON.stringify(pick)}`;
}

function withResolver(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
