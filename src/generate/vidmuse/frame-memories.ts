import type { RgbFrame, VideoFrames } from '../../core/frames.js';
import type { TensorData } from '../../models/session.js';
import { type Compat, localFramesPerSecond } from './compat.js';
import { selectFrames } from './frame-selection.js';
import type { VidmuseNetworks } from './networks.js';
import { frameImage, frameMemory, longTermBranch, visualStates } from './visual-branches.js';

export interface FrameMemoriesOptions {
  readonly durationSeconds: number;
  readonly compat: Compat;
  readonly antialias: boolean;
  /** Frames that go through the networks at a time; more than 1 pays on a GPU. */
  readonly framesAtATime: number;
  readonly signal?: AbortSignal | undefined;
}

/** What the decoder sees of a video, frame by frame as the windows need it. */
export interface FrameMemories extends AsyncDisposable {
  /**
   * [count, 50, width] from local frame `first` on. Frames before `keepFrom` are not asked for again and are forgotten, so that an hour takes no more
   * memory than two windows.
   */
  window(range: { readonly first: number; readonly count: number; readonly keepFrom: number }): Promise<TensorData>;
}

/** Decodes the 32 global frames at once, the local ones one after the other when they are asked for. Throws where no picture can be decoded. */
export async function openFrameMemories(
  networks: VidmuseNetworks,
  frames: VideoFrames,
  options: FrameMemoriesOptions,
): Promise<FrameMemories> {
  const { compat, durationSeconds, signal } = options;
  const selection = selectFrames({ ...frames, durationSeconds }, compat);
  const imageOf = ({ widthPx, heightPx, rgb }: RgbFrame): Float32Array =>
    frameImage(networks, { widthPx, heightPx, rgb }, options.antialias);
  const size = { widthPx: frames.widthPx, heightPx: frames.heightPx };
  const stop = signal === undefined ? {} : { signal };
  const global = await globalImages(frames.stream({ ...size, pick: { numbers: distinct(selection.global) } }, stop), {
    ...{ numbers: selection.global, imageOf },
  });
  const branch = await longTermBranch(networks, await visualStates(networks, global, options.framesAtATime));
  const last = selection.local.at(-1)!;
  const step = selection.local.find((number) => number > 0);
  const request =
    compat === 'upstream'
      ? { ...size, pick: { every: step ?? last + 1 } }
      : { ...size, framesPerSecond: localFramesPerSecond };
  // Upstream reads up to the last frame of its selection and repeats that one.
  const count = compat === 'upstream' ? 1 + last / (step ?? 1) : selection.local.length;
  const memories = memoriesOf(networks, frames.stream(request, stop), { ...options, count, imageOf, branch });
  return keptMemories(memories, networks);
}

function distinct(numbers: readonly number[]): number[] {
  return [...new Set(numbers)];
}

/** One image for each of `numbers`; where the file breaks off, its last picture stands for the rest. */
async function globalImages(
  pictures: AsyncIterable<RgbFrame>,
  { numbers, imageOf }: { readonly numbers: readonly number[]; readonly imageOf: (frame: RgbFrame) => Float32Array },
): Promise<readonly Float32Array[]> {
  const images: Float32Array[] = [];
  for await (const picture of pictures) images.push(imageOf(picture));
  const places = distinct(numbers);
  return numbers.map((number) => images[Math.min(places.indexOf(number), images.length - 1)]!);
}

interface MemoriesOptions extends FrameMemoriesOptions {
  /** Pictures to read. */
  readonly count: number;
  readonly imageOf: (frame: RgbFrame) => Float32Array;
  readonly branch: Awaited<ReturnType<typeof longTermBranch>>;
}

/** The memory of each local picture in order, [50, width] each. */
async function* memoriesOf(
  networks: VidmuseNetworks,
  pictures: AsyncIterable<RgbFrame>,
  { count, imageOf, branch, framesAtATime }: MemoriesOptions,
): AsyncGenerator<Float32Array, void, undefined> {
  let images: Float32Array[] = [];
  let read = 0;
  const flush = async (): Promise<Float32Array[]> => {
    if (images.length === 0) return [];
    const { data } = await frameMemory(networks, await visualStates(networks, images, framesAtATime), branch);
    const length = data.length / images.length;
    const parts = images.map((_, index) => data.slice(index * length, (index + 1) * length));
    images = [];
    return parts;
  };
  for await (const picture of pictures) {
    images.push(imageOf(picture));
    read += 1;
    if (images.length === framesAtATime) yield* await flush();
    if (read === count) break;
  }
  yield* await flush();
}

function keptMemories(
  memories: AsyncGenerator<Float32Array, void, undefined>,
  { dimensions }: VidmuseNetworks,
): FrameMemories {
  const shape = [dimensions.visual.tokens, dimensions.decoder.width];
  const held = new Map<number, Float32Array>();
  let read = 0;
  let ended = false;
  const memoryAt = async (frame: number): Promise<Float32Array> => {
    while (read <= frame && !ended) {
      const next = await memories.next();
      if (next.done === true) ended = true;
      else held.set(read++, next.value);
    }
    if (read === 0) throw new RangeError('the video gave no picture');
    return held.get(Math.min(frame, read - 1))!;
  };
  return {
    async window({ first, count, keepFrom }) {
      const length = shape[0]! * shape[1]!;
      const data = new Float32Array(count * length);
      for (let index = 0; index < count; index++) data.set(await memoryAt(first + index), index * length);
      // The last one read stands for all behind it.
      for (const frame of held.keys()) if (frame < keepFrom && frame < read - 1) held.delete(frame);
      return { data, dims: [count, ...shape] };
    },
    async [Symbol.asyncDispose]() {
      await memories.return();
    },
  };
}
