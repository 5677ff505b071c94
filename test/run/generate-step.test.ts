import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok } from '../../src/core/outcome.js';
import type { Generator } from '../../src/generate/generator.js';
import { generateStep } from '../../src/run/generate-step.js';
import { silentProgress } from '../../src/run/progress.js';
import type { RunContext } from '../../src/run/run-context.js';
import { generatorSystem } from '../../src/run/runnable-system.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'generate-step-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Half a second of a low hum; counts how many clips it has in work and how often it was released. */
function counting(id: string, inWork?: number): { readonly generator: Generator; most: number; releases: number } {
  const counts = { most: 0, releases: 0, generator: undefined as unknown as Generator };
  let now = 0;
  counts.generator = {
    ...{ id, version: 1, title: id, summary: id, sees: [], sameSet: false },
    ...(inWork === undefined ? {} : { inWork }),
    async generate() {
      counts.most = Math.max(counts.most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 20));
      now -= 1;
      return ok({ sampleRateHz: 8000, channels: [new Float32Array(4000).fill(0.1)] });
    },
    async release() {
      counts.releases += 1;
    },
  };
  return counts;
}

describe('generateStep', () => {
  it('keeps as many clips in work as a system wants, and as the run does for others', async () => {
    const [plain, wide] = [counting('plain'), counting('wide', 6)];
    const clipIds = Array.from({ length: 12 }, (_, index) => `clip${index}`);
    const told: number[] = [];
    const context = {
      folder,
      jobs: 2,
      systems: new Map([plain, wide].map(({ generator }) => [generator.id, generatorSystem(generator)])),
      sources: new Map(clipIds.map((id) => [id, { durationSeconds: async () => ok(0.5) }])),
      protocol: { lengthToleranceSeconds: 0.1 },
      progress: {
        ...silentProgress,
        itemDone: (_step: string, _label: string, made?: { readonly musicSeconds: number }) =>
          told.push(made?.musicSeconds ?? 0),
      },
      now: () => performance.now(),
    } as unknown as RunContext;
    const tasks = clipIds.flatMap((clipId) => ['plain', 'wide'].map((systemId) => ({ systemId, clipId, seed: 0 })));
    const records = await generateStep(context, tasks);
    expect(records.map(({ outcome }) => outcome.status)).toEqual(tasks.map(() => 'ok'));
    expect([plain.most, wide.most]).toEqual([2, 6]);
    expect([plain.releases, wide.releases]).toEqual([1, 1]);
    expect(told).toEqual(tasks.map(() => 0.5));
  });
});
