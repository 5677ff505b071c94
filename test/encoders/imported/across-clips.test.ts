import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Features } from '../../../src/core/features.js';
import type { Outcome } from '../../../src/core/outcome.js';
import { bench1 } from '../../../src/core/protocols/index.js';
import type { AudioEncoder, Encoder, PairFeatures, TextEncoder, VideoEncoder } from '../../../src/encoders/encoder.js';
import { encodersOver } from '../../../src/encoders/imported/index.js';
import type { NetworkCompute } from '../../../src/encoders/imported/network.js';
import type { ImportedModel } from '../../../src/models/import/imported-model.js';
import { importUntrained } from '../../../src/models/untrained/import-untrained.js';
import { untrainedNetworks } from '../../../src/models/untrained/networks.js';
import { createMemoryFrames } from '../../../src/testing/memory-frames.js';

let folder: string;
const models = new Map<string, ImportedModel>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'across-clips-'));
  for (const network of untrainedNetworks) models.set(network.id, await importUntrained(network, { folder }));
});
afterAll(() => rm(folder, { recursive: true }));

/** The way of a GPU on the CPU: runs of many clips, so many rows side by side. */
const sideBySide = (rows: number): NetworkCompute => ({ provider: 'cpu', computedBy: 'cpu', rows });

function encoderOf(id: string, compute?: NetworkCompute): Encoder {
  const settings = { ...bench1, ...(compute === undefined ? {} : { compute }) };
  return encodersOver(models.get(id)!, settings)[0]!;
}

const lengths = [5, 7.3, 10, 12, 5];
/** Its pictures take long. */
const fewClips = 'synchformer-video';

/** Five clips at once; the first and the last are of one length but not of one sound. */
function ofClips(encoder: Encoder): Promise<Outcome<Features>[]> {
  return Promise.all(
    lengths.slice(0, encoder.id === fewClips ? 2 : lengths.length).map((seconds, clip) => {
      if (encoder.modality === 'audio')
        return (encoder as AudioEncoder).encode(
          Float32Array.from(
            { length: Math.round(seconds * encoder.sampleRateHz) },
            (_, n) => 0.3 * Math.sin((2 * Math.PI * (200 + 70 * clip) * n) / encoder.sampleRateHz + n / 5000),
          ),
        );
      if (encoder.modality === 'pair') return encoder.encode(towersOf(clip));
      if (encoder.modality === 'text') return (encoder as TextEncoder).encode(`clip ${'very '.repeat(clip)}loud`);
      const frames = createMemoryFrames({
        ...{ widthPx: 32, heightPx: 24, framesPerSecond: 25, durationSeconds: Math.min(5, seconds) },
        paint: ({ xPx, frameIndex }) => (xPx * 3 + (frameIndex + clip) * 17) % 256,
      });
      return (encoder as VideoEncoder).encode(frames);
    }),
  );
}

/** What both of Synchformer's towers might have made of 20 segments. */
function towersOf(clip: number): PairFeatures {
  const [rows, width] = [20, 64];
  const tower = (tokens: number): Features => ({
    features: {
      ...{ rows, columns: tokens * width },
      data: Float32Array.from({ length: rows * tokens * width }, (_, n) => Math.sin((clip + 1) * n)),
    },
    segments: { rows, columns: 1, data: Float32Array.from({ length: rows }, (_, n) => n) },
  });
  return { sound: tower(6), pictures: tower(8) };
}

function largestDifference(got: readonly Outcome<Features>[], expected: readonly Outcome<Features>[]): number {
  let largest = 0;
  for (const [clip, outcome] of expected.entries()) {
    const other = got[clip]!;
    if (outcome.status !== 'ok' || other.status !== 'ok') throw new Error(JSON.stringify([outcome, other]));
    for (const [name, { rows, data }] of Object.entries(outcome.value)) {
      const matrix = other.value[name]!;
      expect(matrix.rows).toBe(rows);
      const scale = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      for (const [index, value] of data.entries())
        largest = Math.max(largest, Math.abs(value - matrix.data[index]!) / scale);
    }
  }
  return largest;
}

describe('runs across clips', { timeout: 120_000 }, () => {
  it.each([
    'vggish',
    'cnn14-16k',
    'cnn14-32k',
    'passt-s-10s',
    'openl3-mel256-music',
    'mert-v1-95m',
    'clap-music-audio',
    'clap-music-text',
    'imagebind-huge-audio',
    'imagebind-huge-vision',
    'clip-vit-b32',
    'synchformer-audio',
    'synchformer-video',
    'synchformer-sync',
  ])('%s gives the same features 16 rows at a time as one at a time, to 2e-6 of the largest', async (id) => {
    const alone = await ofClips(encoderOf(id));
    const one = id === fewClips ? alone : await ofClips(encoderOf(id, sideBySide(1)));
    const many = await ofClips(encoderOf(id, sideBySide(16)));
    expect(largestDifference(one, alone)).toBeLessThan(2e-6);
    expect(largestDifference(many, one)).toBeLessThan(2e-6);
  });

  it('keeps what other hardware computes apart from what the CPU does, whose keys stay as they were', () => {
    const onCuda = encoderOf('vggish', { provider: 'cuda', computedBy: 'cuda' });
    const onCpu = encoderOf('vggish', sideBySide(16));
    expect(onCuda.parameters).toEqual({ ...encoderOf('vggish').parameters, computedBy: 'cuda' });
    expect(onCpu.parameters).toEqual(encoderOf('vggish').parameters);
  });

  it('fails a clip with what onnxruntime says where a provider is not there, and falls back on nothing', async () => {
    const encoder = encoderOf('vggish', { provider: 'cuda', computedBy: 'cuda' }) as AudioEncoder;
    const outcome = await encoder.encode(new Float32Array(2 * encoder.sampleRateHz).fill(0.1));
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'provider-not-available' } });
  });
});
