import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VideoFrames } from '../../../src/core/frames.js';
import { type Decoding, openVidmuseEngine, type VidmuseEngine } from '../../../src/generate/vidmuse/engine.js';
import { openFrameMemories } from '../../../src/generate/vidmuse/frame-memories.js';
import { generateTrack, type Track, type TrackRequest } from '../../../src/generate/vidmuse/generate-track.js';
import { readVidmuseModels } from '../../../src/generate/vidmuse/imported-networks.js';
import { officialSampling } from '../../../src/generate/vidmuse/sampling.js';
import {
  frameImage,
  frameMemory,
  longTermBranch,
  visualStates,
} from '../../../src/generate/vidmuse/visual-branches.js';
import { importUntrainedVidmuse } from '../../../src/models/untrained/vidmuse.js';
import { createMemoryFrames } from '../../../src/testing/memory-frames.js';

let folder: string;
let engine: VidmuseEngine;
const settings = { compat: 'fixed', antialias: false, loudness: 'none', framesAtATime: 1 } as const;

async function open(decoding: Decoding, batch: number): Promise<VidmuseEngine> {
  const models = await readVidmuseModels(await importUntrainedVidmuse({ folder }));
  return openVidmuseEngine(models, { decoding, batch, guidance: 3, sampling: officialSampling, threads: 1 });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-untrained-'));
  engine = await open('step', 1);
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Moving stripes; `phase` makes another video of them. */
function video(durationSeconds: number, phase = 0): VideoFrames {
  return createMemoryFrames({
    ...{ durationSeconds, framesPerSecond: 25, widthPx: 40, heightPx: 30 },
    paint: ({ xPx, yPx, frameIndex, channel }) => ((xPx + phase) * 5 + yPx * (channel + 1) * 3 + frameIndex * 7) & 255,
  });
}

async function trackOf(
  durationSeconds: number,
  changes: Partial<TrackRequest> = {},
  by: VidmuseEngine = engine,
): Promise<Track> {
  // Painted frames have none at two a second for less than a quarter.
  const frames = video(Math.max(0.5, durationSeconds));
  const made = await generateTrack(by, { frames, durationSeconds, seed: 7, settings, ...changes });
  if (made.status !== 'ok') throw new Error(JSON.stringify(made));
  return made.value;
}

describe('generateTrack', () => {
  it.each([0.04, 0.3, 1, 1.02, 4.36, 31.7])('makes music to the end of %s s', async (durationSeconds) => {
    const { waveform, codes, windows } = await trackOf(durationSeconds);
    expect(waveform.sampleRateHz).toBe(32_000);
    expect(waveform.channels[0]).toHaveLength(Math.round(durationSeconds * 32_000));
    expect(waveform.channels[0]!.every(Number.isFinite)).toBe(true);
    expect(codes.data.every((code) => code >= 0 && code < 64)).toBe(true);
    expect(windows).toBe(durationSeconds > 30 ? 2 : 1);
  });

  it('takes whole seconds upstream’s way, and nothing shorter', async () => {
    const upstream = { settings: { ...settings, compat: 'upstream' as const } };
    expect((await trackOf(2.6, upstream)).waveform.channels[0]).toHaveLength(2 * 32_000);
    const request = { frames: video(0.9), durationSeconds: 0.9, seed: 1, ...upstream };
    expect(await generateTrack(engine, request)).toMatchObject({ error: { code: 'video-too-short' } });
  });

  it('gives the same codes for the same seed and others for another', async () => {
    const [one, same, other] = [await trackOf(2), await trackOf(2), await trackOf(2, { seed: 8 })];
    expect(same.codes.data).toEqual(one.codes.data);
    expect(same.waveform).toEqual(one.waveform);
    expect(other.codes.data).not.toEqual(one.codes.data);
  });

  it('draws clips side by side as it draws them alone, step by step or a window at a time', async () => {
    const lengths = [3, 3, 2.2, 3, 32];
    const alone: Track[] = [];
    for (const [index, seconds] of lengths.entries())
      alone.push(await trackOf(seconds, { frames: video(seconds, index), seed: index }));
    for (const decoding of ['step', 'window'] as const) {
      await using several = await open(decoding, 4);
      const together = await Promise.all(
        lengths.map((seconds, index) => trackOf(seconds, { frames: video(seconds, index), seed: index }, several)),
      );
      together.forEach(({ codes }, index) => {
        expect(codes.data).toEqual(alone[index]!.codes.data);
      });
    }
  });

  it('tells the seconds that are drawn and stops when asked', async () => {
    const told: number[] = [];
    await trackOf(2, { onSeconds: (seconds) => told.push(seconds) });
    expect(told.at(-1)).toBe(2);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    const abort = new AbortController();
    const stopped = trackOf(20, { signal: abort.signal, onSeconds: () => abort.abort(new Error('enough')) });
    await expect(stopped).rejects.toThrow('enough');
  });
});

describe('what the decoder sees', () => {
  const options = { durationSeconds: 6, compat: 'fixed', antialias: false, framesAtATime: 1 } as const;

  it('is the same computed once for the whole video as for each window anew', async () => {
    await using whole = await openFrameMemories(engine.networks, video(6), options);
    const first = await whole.window({ first: 0, count: 12, keepFrom: 4 });
    const later = await whole.window({ first: 4, count: 5, keepFrom: 9 });
    await using again = await openFrameMemories(engine.networks, video(6), options);
    expect((await again.window({ first: 4, count: 5, keepFrom: 0 })).data).toEqual(later.data);
    await using several = await openFrameMemories(engine.networks, video(6), { ...options, framesAtATime: 5 });
    const { data } = await several.window({ first: 4, count: 5, keepFrom: 0 });
    expect(data.every((value, index) => Math.abs(value - later.data[index]!) <= 2e-6)).toBe(true);
    const length = first.data.length / 12;
    expect(later.data).toEqual(first.data.subarray(4 * length, 9 * length));
  });

  it('repeats the last picture where the file breaks off', async () => {
    await using memories = await openFrameMemories(engine.networks, video(2), options);
    const { data, dims } = await memories.window({ first: 0, count: 12, keepFrom: 0 });
    const length = data.length / dims[0]!;
    expect(data.subarray(11 * length)).toEqual(data.subarray(3 * length, 4 * length));
  });

  it('is the same, in another order, for frames in another order', async () => {
    const images = Array.from({ length: 5 }, (_, index) => {
      const rgb = Uint8Array.from({ length: 3 * 64 * 64 }, (_, place) => (place * (index + 3)) & 255);
      return frameImage(engine.networks, { widthPx: 64, heightPx: 64, rgb }, false);
    });
    const branch = await longTermBranch(engine.networks, await visualStates(engine.networks, images));
    const memoryOf = async (order: readonly number[]): Promise<Float32Array> => {
      const states = await visualStates(
        engine.networks,
        order.map((place) => images[place]!),
      );
      return (await frameMemory(engine.networks, states, branch)).data;
    };
    const [plain, order] = [await memoryOf([0, 1, 2, 3, 4]), [3, 0, 4, 2, 1]];
    const permuted = await memoryOf(order);
    const length = plain.length / 5;
    order.forEach((from, to) => {
      const difference = permuted
        .subarray(to * length, (to + 1) * length)
        .reduce((most, value, index) => Math.max(most, Math.abs(value - plain[from * length + index]!)), 0);
      expect(difference).toBeLessThanOrEqual(1e-6);
    });
  });
});
