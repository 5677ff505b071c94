import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Features } from '../../../src/core/features.js';
import type { RgbFrame, VideoFrames } from '../../../src/core/frames.js';
import type { Outcome } from '../../../src/core/outcome.js';
import { bench1 } from '../../../src/core/protocols/index.js';
import type { AudioEncoder, Encoder, VideoEncoder } from '../../../src/encoders/encoder.js';
import { encoderOver } from '../../../src/encoders/imported/index.js';
import { importUntrained } from '../../../src/models/untrained/import-untrained.js';
import { untrainedNetworks } from '../../../src/models/untrained/networks.js';

let folder: string;
const encoders = new Map<string, Encoder>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'encoders-'));
  for (const network of untrainedNetworks)
    encoders.set(network.id, encoderOver(await importUntrained(network, { folder }), bench1)!);
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

  it.each(['vggish', 'cnn14-16k', 'passt-s-10s', 'clap-music-audio', 'imagebind-huge-audio'])(
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

  it('tells that a video without frames has none', async () => {
    const video = movingPicture({ seconds: 0, framesPerSecond: 5 });
    for (const id of ['imagebind-huge-vision', 'clip-vit-b32'])
      expect(await (encoders.get(id) as VideoEncoder).encode(video)).toMatchObject({
        status: 'skipped',
        reason: 'the video has no frames',
      });
  });

  it('says which file is gone when a network cannot be opened', async () => {
    const other = await mkdtemp(join(tmpdir(), 'encoders-gone-'));
    const model = await importUntrained(untrainedNetworks[0]!, { folder: other });
    const encoder = encoderOver(model, bench1) as AudioEncoder;
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
