import type { Checkpoint } from '../../src/models/checkpoint/checkpoint.js';

/** A tensor held in memory. */
export interface HeldTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A checkpoint of tensors in memory; `reads` counts the elements handed out, by tensor. */
export function memoryCheckpoint(
  tensors: Readonly<Record<string, HeldTensor>>,
): Checkpoint & { readonly reads: Map<string, number[]> } {
  const infos = Object.entries(tensors).map(([name, { shape }]) => [name, { name, type: 'float32', shape }] as const);
  const reads = new Map<string, number[]>();
  return {
    format: 'recipe',
    file: 'memory',
    tensors: new Map(infos),
    values: new Map(),
    reads,
    async readFloat32(name, range) {
      const part = tensors[name]!.data.slice(range?.start, range?.end);
      reads.set(name, [...(reads.get(name) ?? []), part.length]);
      return part;
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

/** Values in (-scale, scale) that look random and are the same everywhere. */
export function waves(shape: readonly number[], { scale = 1, phase = 0 } = {}): HeldTensor {
  const length = shape.reduce((product, size) => product * size, 1);
  const value = (index: number): number => {
    const x = Math.sin((index + 1) * 12.9898 + phase * 78.233) * 43758.5453;
    return scale * (2 * (x - Math.floor(x)) - 1);
  };
  return { shape, data: Float32Array.from({ length }, (_, index) => value(index)) };
}
