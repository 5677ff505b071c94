import { describe, expect, it } from 'vitest';
import type { CheckpointOutline } from '../../../src/models/architectures/architecture.js';
import { type MertDimensions, mert } from '../../../src/models/architectures/mert.js';
import { sourcesOf } from '../../../src/models/import/check-tensors.js';
import type { TensorData } from '../../../src/models/session.js';
import { expectAllClose } from '../../helpers/all-close.js';
import { type HeldTensor, waves } from '../../helpers/memory-checkpoint.js';
import { runGraph } from '../../helpers/run-graph.js';

const dimensions: MertDimensions = {
  ...{ channels: 8, kernels: [10, 3, 3, 3, 3, 2, 2], width: 64, hiddenWidth: 96, depth: 12 },
  ...{ positionKernel: 6, positionGroups: 4, weightNorm: 'weight-g-v' },
};
const newer: MertDimensions = { ...dimensions, weightNorm: 'parametrizations' };

/** Weights by the old names; each name has numbers of its own. */
const weights: Readonly<Record<string, HeldTensor>> = Object.fromEntries(
  [...sourcesOf(mert.buildGraph(dimensions))].map(([name, shape], phase) => {
    const held = waves(shape, { phase, scale: 0.3 });
    return [name, name.endsWith('norm.weight') ? { shape, data: held.data.map((x) => 1 + x) } : held];
  }),
);
const renamed = Object.fromEntries(
  Object.entries(weights).map(([name, tensor]) => [
    name
      .replace('weight_g', 'parametrizations.weight.original0')
      .replace('weight_v', 'parametrizations.weight.original1'),
    tensor,
  ]),
);

const music = (samples: number): Float32Array =>
  Float32Array.from({ length: samples }, (_, n) => 0.4 * Math.sin(n / 9) + 0.2 * Math.sin((n * n) / 9e4));

function run(data: Float32Array, of = dimensions, held = weights): Promise<Record<string, TensorData>> {
  return runGraph(mert.buildGraph(of), { samples: { data, dims: [1, data.length] } }, { weights: held });
}

function outlineOf(held: Readonly<Record<string, HeldTensor>>): CheckpointOutline {
  const infos = Object.entries(held).map(([name, { shape }]) => [name, { name, shape, type: 'float32' }] as const);
  return { file: 'file', tensors: new Map(infos), values: new Map() };
}

describe('mert', () => {
  it.each([
    [dimensions, weights],
    [newer, renamed],
  ])('finds its dimensions in either spelling of weight norm: $weightNorm', (expected, held) => {
    expect(mert.describe(outlineOf(held))).toEqual(expected);
  });

  it('refuses another number of blocks, whose norms may stand elsewhere', () => {
    const fewer = Object.fromEntries(Object.entries(weights).filter(([name]) => !name.includes('layers.11.')));
    expect(() => mert.describe(outlineOf(fewer))).toThrow(/another MERT.*MERT-v1-95M/s);
  });

  it('computes the same from either spelling', async () => {
    const sound = music(2000);
    expect(await run(sound, newer, renamed)).toEqual(await run(sound));
  });

  // (n - 400) / 320 + 1, as each convolution drops what is left.
  it.each([
    [400, 1],
    [719, 1],
    [720, 2],
    [24_000, 74],
  ])('makes of %i samples %i frames in every layer', async (samples, frames) => {
    const results = await run(music(samples));
    expect(Object.keys(results)).toEqual(Array.from({ length: 13 }, (_, layer) => `layer_${layer}`));
    for (const { dims } of Object.values(results)) expect(dims).toEqual([1, frames, 64]);
  });

  it('hears no offset, and no level but by the epsilon of the norm behind the first convolution', async () => {
    const sound = music(6000);
    const [plain, shifted] = [await run(sound), await run(sound.map((x) => x + 0.1))];
    const [loud, louder] = [await run(sound.map((x) => 40 * x)), await run(sound.map((x) => 80 * x))];
    for (const [name, { data }] of Object.entries(plain)) {
      expectAllClose(shifted[name]!.data, data, { atol: 2e-4 });
      expectAllClose(louder[name]!.data, loud[name]!.data, { atol: 2e-4 });
      expect(loud[name]!.data).not.toEqual(data);
    }
  });

  it('normalises each frame of a layer by the last norm of its block', async () => {
    const { layer_12: layer } = await run(music(4000));
    const gain = weights['encoder.layers.11.final_layer_norm.weight']!.data;
    const offset = weights['encoder.layers.11.final_layer_norm.bias']!.data;
    const frame = Array.from(gain, (scale, index) => (layer!.data[index]! - offset[index]!) / scale);
    expect(frame.reduce((sum, x) => sum + x, 0) / 64).toBeCloseTo(0, 4);
    expect(frame.reduce((sum, x) => sum + x * x, 0) / 64).toBeCloseTo(1, 3);
  });
});
