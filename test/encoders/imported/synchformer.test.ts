import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Features } from '../../../src/core/features.js';
import type { VideoFrames } from '../../../src/core/frames.js';
import { bench1 } from '../../../src/core/protocols/index.js';
import type { AudioEncoder, Encoder, PairEncoder, VideoEncoder } from '../../../src/encoders/encoder.js';
import { encodersOver, withEncodersBehind } from '../../../src/encoders/imported/index.js';
import { neededSegments } from '../../../src/encoders/imported/synchformer-segments.js';
import { importUntrained } from '../../../src/models/untrained/import-untrained.js';
import { untrainedNetworks } from '../../../src/models/untrained/networks.js';
import { createMemoryFrames } from '../../../src/testing/memory-frames.js';
import { okValue } from '../../helpers/ok-value.js';

let folder: string;
const encoders = new Map<string, Encoder>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'synchformer-'));
  for (const network of untrainedNetworks.filter(({ id }) => id.startsWith('synchformer-')))
    for (const encoder of encodersOver(await importUntrained(network, { folder }), bench1))
      encoders.set(encoder.id, encoder);
});
afterAll(() => rm(folder, { recursive: true }));

const sound = async (seconds: number, from = 0): Promise<Features> => {
  const length = Math.round(seconds * 16_000);
  const wave = (n: number): number => 0.3 * Math.sin((2 * Math.PI * 330 * n) / 16_000) * (1 + Math.sin(n / 5000));
  const mono = Float32Array.from({ length }, (_, n) => wave(n + from));
  return okValue(await (encoders.get('synchformer-audio') as AudioEncoder).encode(mono));
};

const video = (seconds: number, fromPicture = 0): VideoFrames =>
  createMemoryFrames({
    ...{ durationSeconds: seconds, framesPerSecond: 25, widthPx: 224, heightPx: 224 },
    paint: ({ xPx, yPx, frameIndex }) => (xPx * 5 + yPx * (frameIndex + fromPicture)) % 256,
  });
const known = new Map<string, Promise<Features>>();
/** Each video is encoded once. */
const pictures = (seconds: number, fromPicture = 0): Promise<Features> => {
  const key = `${seconds} ${fromPicture}`;
  const encoder = encoders.get('synchformer-video') as VideoEncoder;
  const features = known.get(key) ?? encoder.encode(video(seconds, fromPicture)).then(okValue);
  known.set(key, features);
  return features;
};

const pair = (): PairEncoder => encoders.get('synchformer-sync') as PairEncoder;
const rowOf = ({ features }: Features, row: number): number[] => [
  ...features!.data.subarray(row * features!.columns, (row + 1) * features!.columns),
];

describe('neededSegments', () => {
  it('are all of a short clip, and both ends of a long one with two to spare', () => {
    expect(neededSegments(30)).toEqual(Array.from({ length: 30 }, (_, number) => number));
    const long = neededSegments(92);
    expect(long).toHaveLength(30);
    expect([long[13], long[14], long[29]]).toEqual([13, 76, 91]);
  });
});

describe('the towers of Synchformer', { timeout: 120_000 }, () => {
  it('give a row for each segment of sound, with its number, wherever it stands', async () => {
    const [short, long, later] = [await sound(5.12), await sound(12), await sound(5.12, 22 * 5120)];
    expect(short.features).toMatchObject({ rows: 15, columns: 6 * 64 });
    expect([...short.segments!.data]).toEqual(Array.from({ length: 15 }, (_, number) => number));
    expect([...long.segments!.data].slice(12, 16)).toEqual([12, 13, 20, 21]);
    // 12 s have 36 segments: row 16 is segment 22.
    const worst = Math.max(...rowOf(long, 16).map((value, index) => Math.abs(value - rowOf(later, 0)[index]!)));
    expect(worst).toBeLessThan(1e-4);
  });

  it('give a row for each segment of 16 pictures, every 8', async () => {
    const [whole, later] = [await pictures(5.12), await pictures(4.8, 8)];
    expect(whole.features).toMatchObject({ rows: 15, columns: 8 * 64 });
    for (const row of [0, 5, 13]) expect(rowOf(whole, row + 1)).toEqual(rowOf(later, row));
    expect(rowOf(whole, 0)).not.toEqual(rowOf(whole, 1));
  });

  it('leave out the middle of a long video', async () => {
    const long = await pictures(12);
    expect([...long.segments!.data].slice(12, 16)).toEqual([12, 13, 20, 21]);
    expect(long.features!.rows).toBe(30);
    expect(rowOf(long, 29)).toEqual(rowOf(await pictures(4.8, 22 * 8), 13));
  });

  it('skip what is shorter than 14 segments', async () => {
    const encoder = encoders.get('synchformer-audio') as AudioEncoder;
    expect(await encoder.encode(new Float32Array(4.79 * 16_000).fill(0.1))).toMatchObject({
      reason: 'the sound is shorter than 4.8 s, which Synchformer needs',
    });
    expect(await (encoders.get('synchformer-video') as VideoEncoder).encode(video(4.7))).toMatchObject({
      reason: 'the video is shorter than 4.8 s, which Synchformer needs',
    });
  });

  it('takes the level and a late start as they are', () => {
    expect(encoders.get('synchformer-audio')).toMatchObject({ loudnessMatched: false, family: 'synchformer' });
  });
});

describe('the network over both towers', { timeout: 120_000 }, () => {
  it('gives two rows, of the first and of the last segments', async () => {
    const features = { sound: await sound(5.12), pictures: await pictures(5.12) };
    const { logits } = okValue(await pair().encode(features));
    expect(logits).toMatchObject({ rows: 2, columns: 21 });
    expect([...logits!.data.subarray(0, 21)]).not.toEqual([...logits!.data.subarray(21)]);
    // 4.8 s have 14 segments: the first are the last.
    const same = okValue(await pair().encode({ sound: await sound(4.8), pictures: await pictures(4.8) })).logits!;
    expect([...same.data.subarray(0, 21)]).toEqual([...same.data.subarray(21)]);
    const worst = Math.max(...same.data.subarray(0, 21).map((value, index) => Math.abs(value - logits!.data[index]!)));
    expect(worst).toBeLessThan(1e-5);
  });

  it('takes the last segments that both have, and says when there are none', async () => {
    const long = await pictures(12);
    const rows = async (seconds: number): Promise<unknown> =>
      pair().encode({ sound: await sound(seconds), pictures: long });
    expect(await rows(11.5)).toMatchObject({ status: 'ok' });
    expect(await rows(9)).toMatchObject({
      status: 'skipped',
      reason: expect.stringContaining('the sound ends at about'),
    });
  });

  it('names the encoders that it reads', () => {
    expect(withEncodersBehind('synchformer-sync')).toEqual(['synchformer-sync', ...Object.values(pair().reads)]);
    expect(withEncodersBehind('vggish')).toEqual(['vggish']);
  });
});
