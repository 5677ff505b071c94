import { describe, expect, it } from 'vitest';
import { emptyCodes } from '../../../src/generate/vidmuse/delay-pattern.js';
import { officialSampling } from '../../../src/generate/vidmuse/sampling.js';
import type { TokenDecoder, WindowTask } from '../../../src/generate/vidmuse/token-decoder.js';
import { createWindowQueue, type QueuedWindow } from '../../../src/generate/vidmuse/window-queue.js';

/** A decoder that keeps what it was asked and may refuse. */
function decoderThat(refuses: (tasks: readonly WindowTask[]) => string | undefined = () => undefined): {
  readonly decoder: TokenDecoder;
  readonly batches: number[];
} {
  const batches: number[] = [];
  const decoder: TokenDecoder = {
    async decode(tasks, { tokens, onStep }) {
      batches.push(tasks.length);
      await new Promise((resolve) => setTimeout(resolve, 1));
      const refusal = refuses(tasks);
      if (refusal !== undefined) throw new Error(refusal);
      onStep?.(1, 2);
      return tasks.map(({ memory }) => ({
        ...emptyCodes(1, tokens),
        data: new Int32Array(tokens).fill(memory.data[0]!),
      }));
    },
  };
  return { decoder, batches };
}

function windowOf(name: number, { tokens = 10, frames = 4 } = {}): QueuedWindow {
  return {
    ...{ tokens, uniform: () => 0, prompt: emptyCodes(1, 0) },
    memory: { data: Float32Array.of(name), dims: [frames, 1, 1] },
  };
}

const settings = { guidance: 3, sampling: officialSampling };

describe('createWindowQueue', () => {
  it('draws windows of equal lengths side by side and gives each clip its own codes', async () => {
    const { decoder, batches } = decoderThat();
    const queue = createWindowQueue(decoder, { batch: 3, ...settings });
    for (let clip = 0; clip < 5; clip++) queue.join();
    const asked = [1, 2, 3, 4, 5].map((name) => queue.decode(windowOf(name)));
    const leaving = queue.join();
    leaving.leave();
    const first = await Promise.all(asked.slice(0, 3));
    expect(first.map(({ data }) => data[0])).toEqual([1, 2, 3]);
    expect(batches[0]).toBe(3);
  });

  it('waits for clips that are still looking, but not for those that left', async () => {
    const { decoder, batches } = decoderThat();
    const queue = createWindowQueue(decoder, { batch: 4, ...settings });
    const [one, two] = [queue.join(), queue.join()];
    const asked = queue.decode(windowOf(1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(batches).toEqual([]);
    two.leave();
    two.leave();
    expect((await asked).data[0]).toBe(1);
    one.leave();
    expect(batches).toEqual([1]);
  });

  it('never mixes windows of other lengths, prompts or frames', async () => {
    const { decoder, batches } = decoderThat();
    const queue = createWindowQueue(decoder, { batch: 8, ...settings });
    await Promise.all([
      queue.decode(windowOf(1)),
      queue.decode(windowOf(2, { tokens: 11 })),
      queue.decode(windowOf(3, { frames: 5 })),
      queue.decode({ ...windowOf(4), prompt: emptyCodes(1, 2) }),
      queue.decode(windowOf(5)),
    ]);
    expect(batches).toEqual([2, 1, 1, 1]);
  });

  it('draws the others of a batch when one window fails', async () => {
    const { decoder } = decoderThat((tasks) =>
      tasks.some(({ memory }) => memory.data[0] === 2) ? 'broken window' : undefined,
    );
    const queue = createWindowQueue(decoder, { batch: 3, ...settings });
    for (let clip = 0; clip < 3; clip++) queue.join();
    const settled = await Promise.allSettled([1, 2, 3].map((name) => queue.decode(windowOf(name))));
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('halves the batch where memory does not suffice, says so, and goes on', async () => {
    const { decoder, batches } = decoderThat((tasks) =>
      tasks.length > 2 ? 'Failed to allocate memory for requested buffer' : undefined,
    );
    const told: number[] = [];
    const queue = createWindowQueue(decoder, { batch: 8, ...settings, onSmallerBatch: (batch) => told.push(batch) });
    for (let clip = 0; clip < 8; clip++) queue.join();
    const codes = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((name) => queue.decode(windowOf(name))));
    expect(codes.map(({ data }) => data[0])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(told).toEqual([4, 2]);
    expect(batches).toEqual([8, 4, 2, 2, 2, 2]);
  });

  it('explains a single window that does not fit', async () => {
    const { decoder } = decoderThat(() => 'CUDA failure 2: out of memory');
    const queue = createWindowQueue(decoder, { batch: 1, ...settings });
    await expect(queue.decode(windowOf(1))).rejects.toMatchObject({ code: 'out-of-memory' });
  });

  it('refuses a window whose clip was aborted, and tells how far a window is', async () => {
    const { decoder } = decoderThat();
    const queue = createWindowQueue(decoder, { batch: 1, ...settings });
    const told: number[] = [];
    await queue.decode({ ...windowOf(1), onTokens: (tokens) => told.push(tokens) });
    expect(told).toEqual([5, 10]);
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(queue.decode({ ...windowOf(2), signal })).rejects.toThrow('stopped');
  });
});
