import { createHash } from 'node:crypto';
import type { FeatureMatrix } from '../../core/features.js';
import { mapOutcome, type Outcome } from '../../core/outcome.js';

/** Computes these layers of a sound in one run. */
export type LayersOf = (
  mono: Float32Array,
  layers: readonly number[],
  signal: AbortSignal | undefined,
) => Promise<Outcome<ReadonlyMap<number, FeatureMatrix>>>;

/** One layer of a sound. */
export type LayerOf = (
  mono: Float32Array,
  layer: number,
  signal: AbortSignal | undefined,
) => Promise<Outcome<FeatureMatrix>>;

/** What is held for layers that have not taken theirs, in bytes: a few sounds at work, or many whose rows are seconds. */
const mostKeptBytes = 256e6;

/**
 * Serves several encoders over the layers of one network from one run a sound: a run computes every layer that has been asked for so far, of any
 * sound, and the others' rows wait until they are taken. The oldest are dropped beyond 256 MB, and then computed again.
 */
export function sharedLayers(layersOf: LayersOf): LayerOf {
  const asked = new Set<number>();
  const kept = new Map<string, Map<number, FeatureMatrix>>();
  const take = (key: string, layer: number): FeatureMatrix | undefined => {
    const waiting = kept.get(key);
    const rows = waiting?.get(layer);
    waiting?.delete(layer);
    if (waiting?.size === 0) kept.delete(key);
    return rows;
  };
  return async (mono, layer, signal) => {
    asked.add(layer);
    if (asked.size === 1) return mapOutcome(await layersOf(mono, [layer], signal), (layers) => layers.get(layer)!);
    const key = createHash('sha256').update(bytesOf(mono)).digest('hex');
    const rows = take(key, layer);
    if (rows !== undefined) return { status: 'ok', value: rows };
    return mapOutcome(await layersOf(mono, [...asked], signal), (layers) => {
      kept.delete(key);
      kept.set(key, new Map(layers));
      const own = take(key, layer)!;
      dropOldest(kept);
      return own;
    });
  };
}

function dropOldest(kept: Map<string, ReadonlyMap<number, FeatureMatrix>>): void {
  let bytes = 0;
  for (const layers of kept.values()) for (const { data } of layers.values()) bytes += data.byteLength;
  for (const [key, layers] of kept) {
    if (bytes <= mostKeptBytes) return;
    for (const { data } of layers.values()) bytes -= data.byteLength;
    kept.delete(key);
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
