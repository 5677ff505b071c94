import { fnv1a32, streamKey, uniformAt } from '../core/uniform-stream.js';
import type { AudioInput, FrameInput, ManifestRow, WaveGate, WavePart } from './golden.js';

export { fnv1a32, streamKey, uniformAt };

/** Elements `start` to `end` (all if left out) of a tensor, row-major: float32 of center + scale * (2 u - 1). */
export function tensorValues(
  row: Pick<ManifestRow, 'name' | 'shape' | 'center' | 'scale'>,
  { seed, start = 0, end = elementCount(row.shape) }: { seed: number; start?: number; end?: number },
): Float32Array {
  const key = streamKey(row.name, seed);
  const values = new Float32Array(end - start);
  for (let index = 0; index < values.length; index++) {
    values[index] = row.center + row.scale * (2 * uniformAt(key, start + index) - 1);
  }
  return values;
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** The sum of the parts in float64, rounded to float32 once. Throws a TypeError for a part without the fields of its type. */
export function audioSamples({ sr, n, parts }: Pick<AudioInput, 'sr' | 'n' | 'parts'>): Float32Array {
  const sum = new Float64Array(n);
  for (const part of parts) {
    const wave = waveOf(part, { sr, n });
    for (let index = 0; index < n; index++) {
      sum[index] = sum[index]! + gated(part.amp * wave(index), index, part.gate);
    }
  }
  return Float32Array.from(sum);
}

/** Frame number `t`: [height, width, 3] bytes. */
export function framePixels(spec: Omit<FrameInput, 'id' | 'check_t' | 'sha256'>, t: number): Uint8Array {
  const { width, height, a, b, c, d, shift } = spec;
  const pixels = new Uint8Array(height * width * 3);
  let place = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const texture = (x * y + 7 * t * x) >> shift;
      for (let channel = 0; channel < 3; channel++) {
        pixels[place++] = (a * x + b * y + c * t + d * channel * (x + 2 * y)) ^ texture;
      }
    }
  }
  return pixels;
}

function gated(value: number, index: number, gate: WaveGate | undefined): number {
  if (gate === undefined) return value;
  const place = index % gate.period;
  return value * (place < gate.duty ? 1 - gate.decay * (place / gate.period) : 0);
}

/** Phases are taken modulo one turn in whole numbers before the sine, so that rounding is the same everywhere. */
function waveOf(part: WavePart, { sr, n }: { sr: number; n: number }): (index: number) => number {
  const { type, phase = 0 } = part;
  if (type === 'noise') {
    const key = streamKey(field(part, 'name'), 0);
    return (index) => 2 * uniformAt(key, index) - 1;
  }
  if (type === 'chirp') return chirp({ f0: field(part, 'f0'), f1: field(part, 'f1'), count: part.n ?? n, sr });
  const freq = field(part, 'freq');
  const turn = (index: number): number => fraction(((freq * index) % sr) / sr + phase);
  if (type === 'square') return (index) => (turn(index) < 0.5 ? 1 : -1);
  return (index) => Math.sin(2 * Math.PI * turn(index));
}

function chirp({
  f0,
  f1,
  count,
  sr,
}: {
  f0: number;
  f1: number;
  count: number;
  sr: number;
}): (index: number) => number {
  const [twice, start, rise] = [2n * BigInt(count), BigInt(f0), BigInt(f1 - f0)];
  const modulus = twice * BigInt(sr);
  return (index) => {
    const at = BigInt(index);
    const phase = (twice * start * at + rise * at * at) % modulus;
    return Math.sin(2 * Math.PI * (Number((phase + modulus) % modulus) / Number(modulus)));
  };
}

function fraction(value: number): number {
  return value - Math.floor(value);
}

function field<Name extends 'freq' | 'f0' | 'f1' | 'name'>(part: WavePart, name: Name): NonNullable<WavePart[Name]> {
  const value = part[name];
  if (value === undefined) throw new TypeError(`a part of type ${part.type} needs ${name}`);
  return value;
}
