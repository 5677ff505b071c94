import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Features } from '../../../src/core/features.js';
import type { Protocol } from '../../../src/core/protocol.js';
import { bench1, protocolById } from '../../../src/core/protocols/index.js';
import type { AudioEncoder } from '../../../src/encoders/encoder.js';
import { encodersOver } from '../../../src/encoders/imported/index.js';
import { roundToHalf } from '../../../src/metrics/half-precision.js';
import type { ImportedModel } from '../../../src/models/import/imported-model.js';
import { importUntrained } from '../../../src/models/untrained/import-untrained.js';
import { untrainedNetworks } from '../../../src/models/untrained/networks.js';
import { createFeatureStore } from '../../../src/run/feature-store.js';
import type { FeatureCache } from '../../../src/store/feature-cache.js';

let folder: string;
const models = new Map<string, ImportedModel>();
const ids = ['vggish', 'passt-s-10s', 'passt-s-20s', 'clap-music-audio', 'cnn14-16k'];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'protocol-windows-'));
  for (const network of untrainedNetworks.filter(({ id }) => ids.includes(id)))
    models.set(network.id, await importUntrained(network, { folder }));
});
afterAll(() => rm(folder, { recursive: true }));

const encoder = (id: string, protocol: Protocol): AudioEncoder =>
  encodersOver(models.get(id)!, protocol)[0] as AudioEncoder;

async function features(id: string, protocolId: string, seconds: number): Promise<Features> {
  const made = encoder(id, protocolById(protocolId));
  const sound = Float32Array.from(
    { length: Math.round(seconds * made.sampleRateHz) },
    (_, n) => 0.3 * Math.sin((2 * Math.PI * 330 * n) / made.sampleRateHz) * (1 + Math.sin(n / 5000)),
  );
  const outcome = await made.encode(sound);
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

describe('encoders under protocols', () => {
  it.each([
    ['vggish', 'bench-1', 5.3, 5],
    ['vggish', 'google-fad', 5.3, 9],
    ['clap-music-audio', 'bench-1', 12, 2],
    ['clap-music-audio', 'fadtk-1.1', 12, 12],
    ['clap-music-audio', 'v2m-paper', 12, 1],
    ['passt-s-10s', 'bench-1', 23, 3],
    ['passt-s-10s', 'av-benchmark', 23, 1],
    ['passt-s-10s', 'stable-audio-metrics', 23, 4],
    ['passt-s-20s', 'audiocraft-kld', 23, 2],
    ['cnn14-16k', 'audioldm-eval-cnn14-16k', 5, 1],
  ])('%s under %s makes of %f s %i rows', async (id, protocolId, seconds, rows) => {
    for (const matrix of Object.values(await features(id, protocolId, seconds))) expect(matrix.rows).toBe(rows);
  });

  it('gives Google’s VGGish windows at whole seconds what a sound that begins there gives', async () => {
    const made = encoder('vggish', protocolById('google-fad'));
    const sound = Float32Array.from({ length: 48_000 }, (_, n) => 0.3 * Math.sin(n / 20 + Math.sin(n / 3000)));
    const [whole, later] = [await made.encode(sound), await made.encode(sound.slice(16_000, 32_000))];
    if (whole.status !== 'ok' || later.status !== 'ok') throw new Error('not encoded');
    // Windows begin at 0, 0.5, 1, 1.5 and 2 s. Other batches add in another order.
    const { columns, data } = whole.value.embedding!;
    data.subarray(2 * columns, 3 * columns).forEach((value, index) => {
      expect(value).toBeCloseTo(later.value.embedding!.data[index]!, 5);
    });
  });

  it('rounds features to half precision where the tool does, and nothing else', async () => {
    const [exact, half] = [await features('vggish', 'gudgud-vggish', 3), await features('vggish', 'fadtk-1.1', 3)];
    expect([...half.embedding!.data]).toEqual([...exact.embedding!.data].map(roundToHalf));
    expect(half).not.toEqual(exact);
  });
});

describe('cache keys', () => {
  const noCache: FeatureCache = { get: async () => undefined, has: async () => false, put: async () => undefined };
  const key = (id: string, protocol: Protocol): string => {
    const store = createFeatureStore({ cache: noCache, protocol, encoderById: () => encoder(id, protocol) });
    return store.keyOf('input', encoder(id, protocol));
  };

  it('are one for protocols that differ in nothing that reaches the encoder', () => {
    expect(key('vggish', protocolById('fadtk-1.1'))).toBe(key('vggish', protocolById('kadtk')));
    expect(key('vggish', protocolById('gudgud-vggish'))).toBe(key('vggish', protocolById('v2m-paper')));
    expect(key('cnn14-16k', protocolById('audioldm-eval-cnn14-16k'))).toBe(key('cnn14-16k', protocolById('v2m-paper')));
  });

  it('are others for another step, window or rounding', () => {
    const keys = ['bench-1', 'fadtk-1.1', 'google-fad', 'gudgud-vggish', 'audioldm-eval-cnn14-16k'].map((id) =>
      key('vggish', protocolById(id)),
    );
    expect(new Set(keys).size).toBe(keys.length);
    const plain = { ...bench1, numerics: { ...bench1.numerics, features: 'float16' as const } };
    expect(key('vggish', plain)).not.toBe(key('vggish', bench1));
    const shifted = { ...bench1, windows: protocolById('google-fad').windows };
    expect(key('vggish', shifted)).not.toBe(key('vggish', bench1));
    expect(key('cnn14-16k', shifted)).toBe(key('cnn14-16k', bench1));
  });
});
