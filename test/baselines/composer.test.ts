import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { composer } from '../../src/baselines/composer.js';
import type { VideoFrames } from '../../src/core/frames.js';
import { durationSecondsOf, type Waveform } from '../../src/core/waveform.js';
import { momentaryLoudness } from '../../src/dsp/loudness.js';
import { detectOnsets } from '../../src/dsp/onsets.js';
import type { GenerationRequest } from '../../src/generate/generator.js';
import { spearmanCorrelation } from '../../src/metrics/rank-correlation.js';
import { cutVideo, flashVideo, monoAt22050, okValue, paintedRate, stillVideo, swingVideo } from './painted-videos.js';

async function compose(
  frames: VideoFrames,
  { seed = 1, durationSeconds = frames.durationSeconds } = {},
): Promise<Waveform> {
  return okValue(await composer.generate({ durationSeconds, seed, views: { frames } }));
}

const onsetsOf = (waveform: Waveform): readonly number[] => [
  ...detectOnsets(monoAt22050(waveform), { sampleRateHz: 22_050 }),
];

const isNear = (time: number, others: readonly number[]): boolean =>
  others.some((other) => Math.abs(other - time) < 1 / paintedRate);

describe('what the composer may see', () => {
  it('is handed frames and nothing else, by type', () => {
    type Request = Parameters<typeof composer.generate>[0];
    expectTypeOf<Request>().toEqualTypeOf<GenerationRequest<'frames'>>();
    expectTypeOf<keyof Request['views']>().toEqualTypeOf<'frames'>();
    // @ts-expect-error a system that sees frames has no reference to look at
    expectTypeOf<Request['views']['reference']>().toBeAny();
    expect(composer.sees).toEqual(['frames']);
  });

  it('touches no other view, even when one is there', async () => {
    const frames = flashVideo(2, [1]);
    const refuse = (name: string | symbol): never => {
      throw new Error(`the composer looked at ${String(name)}`);
    };
    const guarded = new Proxy<{ frames: VideoFrames }>(
      { frames },
      {
        get: (views, name) => (name === 'frames' ? views.frames : refuse(name)),
        has: (_, name) => refuse(name),
        ownKeys: () => refuse('the list of views'),
        getOwnPropertyDescriptor: (_, name) => refuse(name),
      },
    );
    const guardedMusic = await composer.generate({ durationSeconds: 2, seed: 1, views: guarded });
    expect(okValue(guardedMusic)).toEqual(await compose(frames));
  });

  it('asks of the frames only for pictures', async () => {
    const frames = flashVideo(1, [0.5]);
    const asked = new Set<string | symbol>();
    const watched = new Proxy(frames, {
      get: (target, name, receiver) => {
        asked.add(name);
        return Reflect.get(target, name, receiver);
      },
    });
    await compose(watched, { durationSeconds: 1 });
    expect([...asked].sort()).toEqual(['framesPerSecond', 'stream']);
  });

  it('imports nothing from suites and knows no annotation', () => {
    const folder = new URL('../../src/baselines/composer/', import.meta.url);
    const files = readdirSync(folder).map((name) => new URL(name, folder));
    const sources = [...files, new URL('../composer.ts', folder)].map((file) => readFileSync(file, 'utf8'));
    expect(sources.length).toBeGreaterThan(8);
    for (const source of sources) {
      expect(source).not.toMatch(/suites\/|annotation|core\/clip|beatSeconds\s*:\s*readonly/i);
      expect(source).not.toMatch(/Math\.random|Date\.now|performance\.now|node:/);
    }
  });
});

describe('composer', () => {
  it('gives the same bits for the same frames and seed', async () => {
    const once = await compose(flashVideo(3, [1, 2]), { seed: 7 });
    expect(await compose(flashVideo(3, [1, 2]), { seed: 7 })).toEqual(once);
  });

  it('changes with the frames, all else being equal', async () => {
    const once = await compose(flashVideo(3, [1, 2]));
    expect((await compose(flashVideo(3, [1, 2.2]))).channels[0]).not.toEqual(once.channels[0]);
  });

  it('changes with the seed', async () => {
    const frames = flashVideo(3, [1, 2]);
    expect((await compose(frames, { seed: 1 })).channels[0]).not.toEqual(
      (await compose(frames, { seed: 2 })).channels[0],
    );
  });

  it.each([
    ['flashes', flashVideo],
    ['cuts', cutVideo],
  ])('marks %s with onsets less than a frame away, and little else', async (_, videoOf) => {
    const moments = [0.8, 1.6, 2.0, 3.2, 4.4, 4.8, 6.4, 7.2];
    const onsets = onsetsOf(await compose(videoOf(8, moments)));
    expect(moments.filter((moment) => !isNear(moment, onsets))).toEqual([]);
    expect(onsets.filter((onset) => !isNear(onset, moments)).length).toBeLessThanOrEqual(2);
  });

  it('misses the moments of another video', async () => {
    const moments = [0.8, 1.6, 2.0, 3.2, 4.4, 4.8, 6.4, 7.2];
    const onsets = onsetsOf(await compose(flashVideo(8, [0.4, 1.2, 2.4, 2.8, 3.6, 5.6, 6.0, 6.8])));
    expect(moments.filter((moment) => isNear(moment, onsets)).length).toBeLessThanOrEqual(2);
  });

  it('is louder where the picture moves more', async () => {
    const width = (time: number): number => 0.05 + 0.45 * (1 - Math.cos((2 * Math.PI * time) / 10));
    const music = await compose(swingVideo(10, width));
    const loudness = okValue(momentaryLoudness(music, { hopSeconds: 0.25 }));
    // The bar passes the middle twice a second, so half a second of motion is one number.
    const motion = Float64Array.from(loudness, (_, hop) => width(hop * 0.25 + 0.2));
    const correlation = spearmanCorrelation(loudness, motion);
    expect(correlation).toBeGreaterThan(0.8);
  });

  it('plays a still picture evenly and with few strokes', async () => {
    const music = await compose(stillVideo(8));
    const loudness = okValue(momentaryLoudness(music, { hopSeconds: 0.5 }));
    expect(Math.max(...loudness) - Math.min(...loudness)).toBeLessThan(8);
    expect(onsetsOf(music).length).toBeLessThanOrEqual(5);
  });

  it.each([
    ['a single frame', 1 / paintedRate],
    ['less than a sample', 1e-6],
    ['a third of a second', 0.3],
  ])('makes a valid sound for %s', async (_, durationSeconds) => {
    const music = await compose(stillVideo(1 / paintedRate), { durationSeconds });
    expect(durationSecondsOf(music)).toBeCloseTo(Math.max(durationSeconds, 1 / 32_000), 4);
    expect(music.channels.every((channel) => channel.length > 0 && channel.every(Number.isFinite))).toBe(true);
  });

  it('covers the clip where the pictures end early, and never clips', async () => {
    const music = await compose(flashVideo(1, [0.5]), { durationSeconds: 4 });
    expect(durationSecondsOf(music)).toBeCloseTo(4, 6);
    const peak = music.channels[0]!.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(peak).toBeGreaterThan(0.01);
    expect(peak).toBeLessThanOrEqual(0.9 + 1e-6);
    expect(music.channels[0]!.subarray(3 * 32_000, 3.5 * 32_000).some((sample) => sample !== 0)).toBe(true);
  });

  it('stops when it is aborted', async () => {
    const request = { durationSeconds: 1, seed: 1, views: { frames: stillVideo(1) }, signal: AbortSignal.abort() };
    await expect(composer.generate(request)).rejects.toThrow(/abort/i);
  });
});
