import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { mapConcurrently } from '../../../src/core/map-concurrently.js';
import { createTurns } from '../../../src/core/turns.js';
import { emptyCodes } from '../../../src/generate/vidmuse/delay-pattern.js';
import { openVidmuseEngine } from '../../../src/generate/vidmuse/engine.js';
import { generateTrack } from '../../../src/generate/vidmuse/generate-track.js';
import { readVidmuseModels } from '../../../src/generate/vidmuse/imported-networks.js';
import { officialSampling } from '../../../src/generate/vidmuse/sampling.js';
import type { TokenDecoder } from '../../../src/generate/vidmuse/token-decoder.js';
import { createWindowQueue } from '../../../src/generate/vidmuse/window-queue.js';
import type { ModelSession } from '../../../src/models/session.js';
import { importUntrainedVidmuse } from '../../../src/models/untrained/vidmuse.js';
import { createMemoryFrames } from '../../../src/testing/memory-frames.js';

/** Tells of every run before it computes. */
function watched(session: ModelSession, onRun: () => void): ModelSession {
  return {
    ...session,
    run: (feeds, fetch) => {
      onRun();
      return session.run(feeds, fetch);
    },
  };
}

it('looks at the next clips’ pictures and decodes the last ones’ sound while a batch is drawn', {
  timeout: 60_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-overlap-'));
  const models = await readVidmuseModels(await importUntrainedVidmuse({ folder }));
  const drawing = { guidance: 3, sampling: officialSampling };
  await using engine = await openVidmuseEngine(models, { batch: 1, threads: 1, ...drawing });
  let isDrawing = 0;
  /** Clips whose pictures have gone through all networks. */
  let seen = 0;
  const during = { pictures: new Set<number>(), sound: new Set<number>() };
  const networks = {
    ...engine.networks,
    shortTerm: watched(engine.networks.shortTerm, () => {
      seen += 1;
      during.pictures.add(isDrawing);
    }),
    codecSamples: watched(engine.networks.codecSamples, () => during.sound.add(isDrawing)),
  };
  let batches = 0;
  /** Draws nothing, and is not done before the work of others has been seen: a decoder that stands for a GPU's. */
  const decoder: TokenDecoder = {
    async decode(tasks, { tokens }) {
      const batch = ++batches;
      isDrawing = batch;
      for (let turn = 0; turn < 500; turn++) {
        await setTimeout(20);
        const hasNext = seen >= Math.min(6, 2 * (batch + 1));
        if (hasNext && (batch === 1 || during.sound.has(batch))) break;
      }
      isDrawing = 0;
      return tasks.map(() => emptyCodes(4, tokens));
    },
  };
  const queue = createWindowQueue(decoder, { batch: 2, ...drawing });
  const by = { networks, queue, looking: createTurns(2) };
  const settings = { compat: 'fixed', antialias: false, loudness: 'none', framesAtATime: 8 } as const;
  await mapConcurrently([0, 1, 2, 3, 4, 5], { jobs: 4 }, async (clip) => {
    const frames = createMemoryFrames({
      ...{ durationSeconds: 2, framesPerSecond: 25, widthPx: 40, heightPx: 30 },
      paint: ({ xPx, frameIndex }) => (xPx * 5 + (frameIndex + clip) * 7) & 255,
    });
    const made = await generateTrack(by, { frames, durationSeconds: 2, seed: clip, settings });
    expect(made.status).toBe('ok');
  });
  expect(batches).toBe(3);
  expect([...during.pictures]).toEqual(expect.arrayContaining([1, 2]));
  expect([...during.sound]).toEqual(expect.arrayContaining([2, 3]));
  await rm(folder, { recursive: true });
});
