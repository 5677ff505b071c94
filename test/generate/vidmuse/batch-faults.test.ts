import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VideoFrames } from '../../../src/core/frames.js';
import { createTurns } from '../../../src/core/turns.js';
import type { Codes } from '../../../src/generate/vidmuse/delay-pattern.js';
import { openVidmuseEngine, type VidmuseEngine } from '../../../src/generate/vidmuse/engine.js';
import { generateTrack, type TrackEngine } from '../../../src/generate/vidmuse/generate-track.js';
import { readVidmuseModels } from '../../../src/generate/vidmuse/imported-networks.js';
import { openWindowDecoder } from '../../../src/generate/vidmuse/loop-decoder.js';
import type { VidmuseModels } from '../../../src/generate/vidmuse/networks.js';
import { officialSampling } from '../../../src/generate/vidmuse/sampling.js';
import type { TokenDecoder, WindowTask } from '../../../src/generate/vidmuse/token-decoder.js';
import { nullMemory } from '../../../src/generate/vidmuse/visual-branches.js';
import { createWindowQueue } from '../../../src/generate/vidmuse/window-queue.js';
import { importUntrainedVidmuse } from '../../../src/models/untrained/vidmuse.js';
import { createMemoryFrames } from '../../../src/testing/memory-frames.js';

let folder: string;
let models: VidmuseModels;
let engine: VidmuseEngine;
let decoder: TokenDecoder & AsyncDisposable;
const settings = { compat: 'fixed', antialias: false, loudness: 'none', framesAtATime: 1 } as const;
const drawing = { guidance: 3, sampling: officialSampling };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-faults-'));
  models = await readVidmuseModels(await importUntrainedVidmuse({ folder }));
  engine = await openVidmuseEngine(models, { batch: 1, threads: 1, ...drawing });
  const { dimensions } = engine.networks;
  decoder = await openWindowDecoder(models.decoder, { dimensions, nullMemory: await nullMemory(engine.networks) });
});
afterAll(async () => {
  await decoder[Symbol.asyncDispose]();
  await engine[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** The real decoder, which may refuse; keeps how many windows it was asked for at a time. */
function engineThat(
  refuses: (tasks: readonly WindowTask[]) => string | undefined,
  batch: number,
): { readonly by: TrackEngine; readonly batches: number[]; readonly told: number[] } {
  const batches: number[] = [];
  const told: number[] = [];
  const wrapped: TokenDecoder = {
    decode: async (tasks, options) => {
      batches.push(tasks.length);
      const refusal = refuses(tasks);
      if (refusal !== undefined) throw new Error(refusal);
      return decoder.decode(tasks, options);
    },
  };
  const queue = createWindowQueue(wrapped, { ...drawing, batch, onSmallerBatch: (smaller) => told.push(smaller) });
  return { by: { networks: engine.networks, queue, looking: createTurns(2) }, batches, told };
}

function video(clip: number): VideoFrames {
  return createMemoryFrames({
    ...{ durationSeconds: 3, framesPerSecond: 25, widthPx: 40, heightPx: 30 },
    paint: ({ xPx, yPx, frameIndex, channel }) => ((xPx + clip) * 5 + yPx * (channel + 1) * 3 + frameIndex * 7) & 255,
  });
}

async function codesOf(clip: number, by: TrackEngine, frames: VideoFrames = video(clip)): Promise<Codes> {
  const made = await generateTrack(by, { frames, durationSeconds: 3, seed: clip, settings });
  if (made.status !== 'ok') throw new Error(JSON.stringify(made));
  return made.value.codes;
}

const clips = [0, 1, 2, 3, 4];

async function alone(): Promise<Codes[]> {
  const codes: Codes[] = [];
  for (const clip of clips) codes.push(await codesOf(clip, engine));
  return codes;
}

describe('a batch in which something goes wrong', { timeout: 60_000 }, () => {
  it('is halved until it fits, and gives the codes of an undisturbed run', async () => {
    const { by, batches, told } = engineThat(
      (tasks) =>
        tasks.length > 2
          ? 'Status Message: bfc_arena.cc:376 onnxruntime::BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer of size 4831838208'
          : undefined,
      8,
    );
    expect(await Promise.all(clips.map((clip) => codesOf(clip, by)))).toEqual(await alone());
    expect(told).toEqual([2]);
    expect(Math.max(...batches.slice(1))).toBe(2);
  });

  it('goes on without a clip whose pictures break off in the middle', async () => {
    const { by, batches } = engineThat(() => undefined, 8);
    const broken: VideoFrames = {
      ...video(2),
      async *stream(request, options) {
        let count = 0;
        for await (const frame of video(2).stream(request, options)) {
          if (count++ === 2) throw new Error('ffmpeg ended with code 187');
          yield frame;
        }
      },
    };
    const settled = await Promise.allSettled(clips.map((clip) => codesOf(clip, by, clip === 2 ? broken : video(clip))));
    const expected = await alone();
    for (const clip of clips)
      expect(settled[clip]).toMatchObject(
        clip === 2
          ? { status: 'rejected', reason: { message: 'ffmpeg ended with code 187' } }
          : { value: expected[clip] },
      );
    expect(batches).toEqual([4]);
  });

  it('draws the others again when one clip’s window fails in the decoder', async () => {
    const seen = new Set<WindowTask>();
    const { by, batches } = engineThat((tasks) => {
      for (const task of tasks) seen.add(task);
      return tasks.includes([...seen][1]!) ? 'a kernel failed on these numbers' : undefined;
    }, 8);
    const settled = await Promise.allSettled(clips.map((clip) => codesOf(clip, by)));
    const failed = settled.filter(({ status }) => status === 'rejected');
    expect(failed).toHaveLength(1);
    const expected = await alone();
    for (const [clip, outcome] of settled.entries())
      if (outcome.status === 'fulfilled') expect(outcome.value).toEqual(expected[clip]);
    expect(batches).toEqual([5, 1, 1, 1, 1, 1]);
  });
});
