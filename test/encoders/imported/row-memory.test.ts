import { describe, expect, it } from 'vitest';
import { rowBytes, rowsThatFit } from '../../../src/encoders/imported/row-memory.js';
import type { Feeds } from '../../../src/models/batched-session.js';
import type { ImportedModel } from '../../../src/models/import/imported-model.js';
import { untrainedNetworks } from '../../../src/models/untrained/networks.js';

const feedsOf = (...shape: readonly number[]): Feeds => ({
  x: { data: new Float32Array(0), dims: [1, ...shape] },
});

const passt = { width: 768, hiddenWidth: 3072 };
const cnn14 = { channels: [64, 128, 256, 512, 1024, 2048] };
const mert = { channels: 512, width: 768, hiddenWidth: 3072 };
const vision = { width: 1280, hiddenWidth: 5120, heads: 16, side: 16 };

function model(id: string, dimensions: object): Pick<ImportedModel, 'card'> {
  return { card: { architecture: { id, version: 1 }, dimensions } } as unknown as Pick<ImportedModel, 'card'>;
}

describe('rowBytes', () => {
  it.each([
    // 3001 frames of 64 bands and 64 channels, two and a workspace: 147 MB, and the input of 0.8 MB.
    ['cnn14-32k', cnn14, [3001, 64], 148.3e6],
    // 1280 tokens and two: scores of 12 heads twice, 158 MB, and six times the width, 24 MB.
    ['passt', passt, [128, 1000], 182e6],
    // 257 tokens: scores of 16 heads twice, 8.5 MB, six times the width, 7.9 MB, and two pictures of 0.6 MB.
    ['imagebind-vision', vision, [3, 2, 224, 224], 17.6e6],
    // 30 s: 144,000 places of 512 channels, two and a workspace, and the waveform of 2.9 MB.
    ['mert', mert, [720_000], 887.6e6],
  ] as const)('of %s at its released size is what lives at its widest place', (id, dimensions, shape, bytes) => {
    const got = rowBytes(id, { dimensions, feeds: feedsOf(...shape) });
    expect(Math.abs(got / bytes - 1)).toBeLessThan(0.02);
  });

  it('knows every architecture that an encoder runs', () => {
    for (const { architecture, dimensions } of untrainedNetworks) {
      const bytes = rowBytes(architecture.id, { dimensions, feeds: feedsOf(64, 64) });
      expect(bytes).toBeGreaterThan(4 * 64 * 64);
    }
    expect(() => rowBytes('unheard-of', { dimensions: {}, feeds: feedsOf(1) })).toThrow('no memory model');
  });

  it('grows with the length of the clip', () => {
    const of = (seconds: number): number =>
      rowBytes('cnn14-32k', { dimensions: cnn14, feeds: feedsOf(100 * seconds, 64) });
    expect(of(20)).toBe(2 * of(10));
  });
});

describe('rowsThatFit', () => {
  it('plans with an eighth of what is free, from one row to 256', () => {
    const rows = (freeBytes?: number): number => rowsThatFit(model('passt', passt), feedsOf(128, 1000), freeBytes);
    expect(rows(80e9)).toBe(54);
    expect(rows(40e9)).toBe(27);
    expect(rows(1e9)).toBe(1);
    expect(rows(1e12)).toBe(256);
    // Without a figure: 4 GiB.
    expect(rows()).toBe(2);
  });
});
