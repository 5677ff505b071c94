import { describe, expect, it } from 'vitest';
import type { RgbFrame, VideoFrames } from '../../src/core/frames.js';
import { createFrameMemory } from '../../src/run/frame-memory.js';

/** Frames that count how often they are decoded. */
function countedFrames(count: number): { readonly frames: VideoFrames; readonly decoded: () => number } {
  let decoded = 0;
  const frames: VideoFrames = {
    ...{ durationSeconds: count, framesPerSecond: 1, widthPx: 4, heightPx: 2, frameCount: count },
    async *stream({ widthPx, heightPx }) {
      decoded += 1;
      for (let index = 0; index < count; index++) {
        await Promise.resolve();
        const rgb = new Uint8Array(3 * widthPx * heightPx).fill(index);
        yield { widthPx, heightPx, timeSeconds: index, rgb };
      }
    },
  };
  return { frames, decoded: () => decoded };
}

async function collect(frames: VideoFrames, widthPx = 4): Promise<RgbFrame[]> {
  const found: RgbFrame[] = [];
  for await (const frame of frames.stream({ widthPx, heightPx: 2 })) found.push(frame);
  return found;
}

const bytesOfThree = 3 * 3 * 4 * 2;

describe('createFrameMemory', () => {
  it('decodes once for readers one after the other and at the same time', async () => {
    const { frames, decoded } = countedFrames(3);
    const memory = createFrameMemory(1000);
    const both = await Promise.all([
      collect(memory.remembering(frames, 'a')),
      collect(memory.remembering(frames, 'a')),
    ]);
    const later = await collect(memory.remembering(frames, 'a'));
    expect(decoded()).toBe(1);
    expect(both[0]).toEqual(both[1]);
    expect(later).toEqual(both[0]);
    expect(later.map(({ rgb }) => rgb[0])).toEqual([0, 1, 2]);
  });

  it('keeps other videos and other sizes apart', async () => {
    const { frames, decoded } = countedFrames(2);
    const memory = createFrameMemory(1000);
    await collect(memory.remembering(frames, 'a'));
    await collect(memory.remembering(frames, 'b'));
    expect((await collect(memory.remembering(frames, 'a'), 2))[0]!.rgb).toHaveLength(12);
    expect(decoded()).toBe(3);
  });

  it('keeps the same pictures in other colours apart', async () => {
    const { frames, decoded } = countedFrames(2);
    const remembered = createFrameMemory(1000).remembering(frames, 'a');
    const request = { widthPx: 4, heightPx: 2 } as const;
    for (const asked of [request, { ...request, conversion: 'fast' }, request] as const)
      for await (const frame of remembered.stream(asked)) expect(frame.widthPx).toBe(4);
    expect(decoded()).toBe(2);
  });

  it('forgets the oldest beyond its budget, and passes through what alone is too large', async () => {
    const memory = createFrameMemory(bytesOfThree);
    const [a, b, long] = [countedFrames(3), countedFrames(3), countedFrames(4)];
    await collect(memory.remembering(a.frames, 'a'));
    await collect(memory.remembering(b.frames, 'b'));
    await collect(memory.remembering(a.frames, 'a'));
    expect(a.decoded()).toBe(2);
    await collect(memory.remembering(long.frames, 'long'));
    expect(await collect(memory.remembering(long.frames, 'long'))).toHaveLength(4);
    expect(long.decoded()).toBe(2);
    await collect(memory.remembering(a.frames, 'a'));
    expect(a.decoded()).toBe(2);
  });

  it('stores nothing of a reader that left early or failed', async () => {
    const { frames, decoded } = countedFrames(3);
    const memory = createFrameMemory(1000);
    for await (const _frame of memory.remembering(frames, 'a').stream({ widthPx: 4, heightPx: 2 })) break;
    expect(await collect(memory.remembering(frames, 'a'))).toHaveLength(3);
    expect(decoded()).toBe(2);
  });
});
