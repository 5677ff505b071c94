import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Features } from '../../../src/core/features.js';
import type { RgbFrame, VideoFrames } from '../../../src/core/frames.js';
import type { Outcome } from '../../../src/core/outcome.js';
import { bench1 } from '../../../src/core/protocols/index.js';
import type { AudioEncoder, Encoder, TextEncoder, VideoEncoder } from '../../../src/encoders/encoder.js';
import { encodersOver } from '../../../src/encoders/imported/index.js';
import { importUntrained } from '../../../src/models/untrained/import-untrained.js';
import { untrainedNetworks } from '../../../src/models/untrained/networks.js';
import { createMemoryFrames, type Painter } from '../../../src/testing/memory-frames.js';

let folder: string;
const encoders = new Map<string, Encoder>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'encoders-'));
  for (const network of untrainedNetworks)
    for (const encoder of encodersOver(await importUntrained(network, { folder }), bench1))
      encoders.set(encoder.id, encoder);
});
afterAll(() => rm(folder, { recursive: true }));

const audio = (id: string): AudioEncoder => encoders.get(id) as AudioEncoder;
const tone = (encoder: AudioEncoder, seconds: number): Float32Array =>
  Float32Array.from(
    { length: Math.round(seconds * encoder.sampleRateHz) },
    (_, n) => 0.3 * Math.sin((2 * Math.PI * 330 * n) / encoder.sampleRateHz) * (1 + Math.sin(n / 5000)),
  );

function featuresOf(outcome: Outcome<Features>): Features {
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

function rowsOf(outcome: Outcome<Features>): Record<string, readonly [number, number]> {
  return Object.fromEntries(
    Object.entries(featuresOf(outcome)).map(([name, { rows, columns }]) => [name, [rows, columns]]),
  );
}

describe('encoders over imported networks', () => {
  it.each([
    ['vggish', 5.3, { embedding: [5, 128] }],
    ['cnn14-16k', 5.3, { embedding: [1, 32], logits: [1, 527] }],
    ['cnn14-32k', 0.5, { embedding: [1, 32], logits: [1, 527] }],
    ['passt-s-10s', 10, { features: [1, 64], logits: [1, 527] }],
    ['passt-s-10s', 23, { features: [3, 64], logits: [3, 527] }],
    ['passt-s-10s', 20.2, { features: [2, 64], logits: [2, 527] }],
    ['passt-s-20s', 20, { features: [1, 64], logits: [1, 527] }],
    ['openl3-mel256-music', 0.4, { embedding: [1, 32] }],
    ['openl3-mel256-env', 1, { embedding: [2, 32] }],
    ['openl3-mel128-music', 5.3, { embedding: [11, 32] }],
    ['clap-music-audio', 3, { embedding: [1, 32], latent: [1, 128] }],
    ['clap-music-audio', 25, { embedding: [3, 32], latent: [3, 128] }],
    ['imagebind-huge-audio', 4, { embedding: [3, 64], head: [3, 64] }],
  ] as const)('%s gives its rows for %f s', async (id, seconds, rows) => {
    const encoder = audio(id);
    expect(rowsOf(await encoder.encode(tone(encoder, seconds)))).toEqual(rows);
    expect(encoder.trained).toBe(false);
    expect(encoder.summary).toContain('UNTRAINED');
  });

  it('gives each window the same features, wherever it stands and whatever else is there', async () => {
    const encoder = audio('passt-s-10s');
    const whole = await encoder.encode(tone(encoder, 20));
    const second = await encoder.encode(tone(encoder, 20).slice(320_000));
    if (whole.status !== 'ok' || second.status !== 'ok') throw new Error('not encoded');
    expect([...whole.value.features!.data.subarray(64)]).toEqual([...second.value.features!.data]);
  });

  it('is deterministic, and apart for different sounds', async () => {
    for (const id of ['vggish', 'cnn14-16k', 'clap-music-audio', 'imagebind-huge-audio']) {
      const encoder = audio(id);
      const sound = tone(encoder, 3);
      const [first, again, other] = [
        await encoder.encode(sound),
        await encoder.encode(sound),
        await encoder.encode(sound.map((x) => x * x)),
      ];
      expect(again).toEqual(first);
      expect(other).not.toEqual(first);
    }
  });

  it.each([
    ['vggish', 0.9, 'shorter than 0.975 s'],
    ['cnn14-16k', 0.2, 'shorter than 0.31 s'],
    ['passt-s-10s', 0.4, 'shorter than 0.5 s'],
    ['imagebind-huge-audio', 0.02, 'shorter than 25 ms'],
  ])('%s skips %f s with the reason', async (id, seconds, reason) => {
    const encoder = audio(id);
    expect(await encoder.encode(tone(encoder, seconds))).toMatchObject({
      status: 'skipped',
      reason: expect.stringContaining(reason),
    });
  });

  it.each(['vggish', 'cnn14-16k', 'passt-s-10s', 'openl3-mel256-env', 'clap-music-audio', 'imagebind-huge-audio'])(
    '%s embeds digital silence, as the official code does, and says so',
    async (id) => {
      const outcome = await audio(id).encode(new Float32Array(audio(id).sampleRateHz * 3));
      expect(outcome).toMatchObject({
        status: 'ok',
        warnings: ['the sound is digital silence, whose features mean nothing'],
      });
      const values = Object.values(featuresOf(outcome)).flatMap(({ data }) => [...data]);
      expect(values.every(Number.isFinite)).toBe(true);
    },
  );

  it('takes 15 views of a video, or one frame a second', async () => {
    const video = movingPicture({ seconds: 6, framesPerSecond: 5 });
    const encode = (id: string): Promise<Outcome<Features>> => (encoders.get(id) as VideoEncoder).encode(video);
    expect(rowsOf(await encode('imagebind-huge-vision'))).toEqual({ embedding: [15, 64], head: [15, 64] });
    expect(rowsOf(await encode('clip-vit-b32'))).toEqual({ image_embeds: [6, 32], pooler_output: [6, 64] });
  });

  it('takes three crops of each pair of frames at half a frame a second, and says when there is no pair', async () => {
    const encoder = encoders.get('imagebind-huge-vision-half-fps') as VideoEncoder;
    const video = (seconds: number): VideoFrames => {
      const paint: Painter = ({ xPx, frameIndex }) => (xPx * 3 + frameIndex * 17) % 256;
      return createMemoryFrames({ durationSeconds: seconds, framesPerSecond: 5, widthPx: 60, heightPx: 40, paint });
    };
    expect(rowsOf(await encoder.encode(video(7.9)))).toEqual({ embedding: [6, 64], head: [6, 64] });
    expect(await encoder.encode(video(3.8))).toMatchObject({
      status: 'skipped',
      reason: expect.stringContaining('shorter than 4 s'),
    });
    expect(encoder.summary).toContain('UNTRAINED');
  });

  it('gives a still video the same pair again and again', async () => {
    const paint: Painter = ({ xPx, yPx }) => (xPx * 3 + yPx) % 256;
    const video = createMemoryFrames({ durationSeconds: 6, framesPerSecond: 5, widthPx: 60, heightPx: 40, paint });
    const encoder = encoders.get('imagebind-huge-vision-half-fps') as VideoEncoder;
    const { data } = featuresOf(await encoder.encode(video)).embedding!;
    expect([...data.subarray(0, 3 * 64)]).toEqual([...data.subarray(3 * 64)]);
  });

  it('tells that a video without frames has none', async () => {
    const video = movingPicture({ seconds: 0, framesPerSecond: 5 });
    for (const id of ['imagebind-huge-vision', 'clip-vit-b32'])
      expect(await (encoders.get(id) as VideoEncoder).encode(video)).toMatchObject({
        status: 'skipped',
        reason: 'the video has no frames',
      });
  });

  it('takes a caption as one row of length 1, the same again and another one for other words', async () => {
    const encoder = encoders.get('clap-music-text') as TextEncoder;
    const encode = (text: string): Promise<Outcome<Features>> => encoder.encode(text);
    const calm = await encode('A calm piano piece.');
    expect(rowsOf(calm)).toEqual({ embedding: [1, 32], pooler: [1, 64] });
    expect(Math.hypot(...featuresOf(calm).embedding!.data)).toBeCloseTo(1, 5);
    expect(await encode('A calm piano piece.')).toEqual(calm);
    expect(await encode('A fast drum solo, é€.')).not.toEqual(calm);
    expect(calm).not.toHaveProperty('warnings');
  });

  it('warns of a caption that is cut, and skips an empty one', async () => {
    const encoder = encoders.get('clap-music-text') as TextEncoder;
    const [long, longer] = [await encoder.encode('a'.repeat(76)), await encoder.encode('a'.repeat(90))];
    expect(long).toMatchObject({ warnings: [expect.stringContaining('its end is cut off')] });
    expect(longer).toEqual(long);
    expect(await encoder.encode('a'.repeat(75))).not.toHaveProperty('warnings');
    expect(await encoder.encode(' ')).toEqual({ status: 'skipped', reason: 'the caption is empty' });
  });

  it('says how to get a vocabulary that is missing, and is another encoder to the cache without it', async () => {
    const other = await mkdtemp(join(tmpdir(), 'encoders-text-'));
    const model = await importUntrained(untrainedNetworks.find(({ id }) => id === 'clap-music-text')!, {
      folder: other,
    });
    await rm(join(model.folder, 'tokenizer.json'));
    const encoder = encodersOver(model, bench1)[0] as TextEncoder;
    expect(await encoder.encode('words')).toMatchObject({
      status: 'failed',
      error: { code: 'invalid-tokenizer', message: expect.stringContaining('--tokenizer FILE') },
    });
    expect(encoder.parameters).not.toEqual(encoders.get('clap-music-text')!.parameters);
    await rm(other, { recursive: true });
  });

  it('says which file is gone when a network cannot be opened', async () => {
    const other = await mkdtemp(join(tmpdir(), 'encoders-gone-'));
    const model = await importUntrained(untrainedNetworks[0]!, { folder: other });
    const encoder = encodersOver(model, bench1)[0] as AudioEncoder;
    await rm(other, { recursive: true });
    const outcome = await encoder.encode(tone(encoder, 2));
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'weights-changed' } });
  });
});

/** Squares that change from frame to frame, 60 x 40 pixels. */
function movingPicture({ seconds, framesPerSecond }: { seconds: number; framesPerSecond: number }): VideoFrames {
  const [widthPx, heightPx] = [60, 40];
  const frame = (number: number): RgbFrame => ({
    ...{ widthPx, heightPx, timeSeconds: number / framesPerSecond },
    rgb: Uint8Array.from({ length: 3 * widthPx * heightPx }, (_, index) => (index * 7 + number * 31) % 256),
  });
  return {
    ...{ durationSeconds: seconds, framesPerSecond, widthPx, heightPx, frameCount: seconds * framesPerSecond },
    async *stream({ framesPerSecond: rate = framesPerSecond }) {
      for (let index = 0; index < Math.round(seconds * rate); index++)
        yield frame(Math.round((index * framesPerSecond) / rate));
    },
  };
}
