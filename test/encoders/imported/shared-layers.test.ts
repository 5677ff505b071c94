import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../../src/core/features.js';
import { failed, ok } from '../../../src/core/outcome.js';
import { type LayerOf, sharedLayers } from '../../../src/encoders/imported/shared-layers.js';

/** Layer k of a sound is its first sample plus k; `runs` tells which layers each run was asked for. */
function counted(values = 1): { readonly layerOf: LayerOf; readonly runs: (readonly number[])[] } {
  const runs: (readonly number[])[] = [];
  const rows = (value: number): FeatureMatrix => ({
    ...{ rows: 1, columns: values },
    data: new Float32Array(values).fill(value),
  });
  const layerOf = sharedLayers(async (mono, layers) => {
    runs.push(layers);
    if (mono.length === 0) return failed('empty', 'nothing to hear');
    return ok(new Map(layers.map((layer) => [layer, rows(mono[0]! + layer)])));
  });
  return { layerOf, runs };
}

const sound = (value: number): Float32Array => Float32Array.of(value, 1, 2);
const first = async (layerOf: LayerOf, value: number, layer: number): Promise<number> => {
  const outcome = await layerOf(sound(value), layer, undefined);
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value.data[0]!;
};

describe('sharedLayers', () => {
  it('runs once a sound for all layers that have been asked for, in any order', async () => {
    const { layerOf, runs } = counted();
    expect([await first(layerOf, 10, 1), await first(layerOf, 10, 4)]).toEqual([11, 14]);
    expect([await first(layerOf, 20, 4), await first(layerOf, 20, 1)]).toEqual([24, 21]);
    expect([await first(layerOf, 30, 1), await first(layerOf, 30, 4)]).toEqual([31, 34]);
    expect(runs).toEqual([[1], [1, 4], [1, 4], [1, 4]]);
  });

  it('computes no layer that nobody reads', async () => {
    const { layerOf, runs } = counted();
    for (const value of [1, 2, 3]) expect(await first(layerOf, value, 12)).toBe(value + 12);
    expect(runs).toEqual([[12], [12], [12]]);
  });

  it('computes again what has been taken, or dropped for later sounds', async () => {
    const { layerOf, runs } = counted();
    for (const layer of [1, 2, 2]) expect(await first(layerOf, 5, layer)).toBe(5 + layer);
    expect(runs).toHaveLength(3);
    const large = counted(40_000_000);
    for (const value of [1, 2, 3]) await first(large.layerOf, value, value);
    for (const value of [7, 8]) await first(large.layerOf, value, 1);
    expect(await first(large.layerOf, 7, 2)).toBe(9);
    expect(large.runs).toHaveLength(6);
  });

  it('passes a failure on and keeps nothing of it', async () => {
    const { layerOf, runs } = counted();
    await first(layerOf, 1, 1);
    for (const layer of [1, 2])
      expect(await layerOf(new Float32Array(0), layer, undefined)).toMatchObject({ status: 'failed' });
    expect(runs).toHaveLength(3);
  });
});
