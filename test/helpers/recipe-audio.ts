/** A uniform stream in [0, 1) of 24 bits a draw (mulberry32, Tommy Ettinger): the golden inputs are defined by it. */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) | 0;
    return ((mixed ^ (mixed >>> 14)) >>> 8) / 16777216;
  };
}

/** 32-bit FNV-1a of the UTF-8 bytes of `text`. */
export function fnv1a32(text: string): number {
  return new TextEncoder().encode(text).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5) >>> 0;
}

interface Gate {
  readonly period: number;
  readonly duty: number;
  readonly decay: number;
}

type Part = { readonly amp: number; readonly gate?: Gate } & (
  | { readonly type: 'sine'; readonly freq: number; readonly phase: number }
  | { readonly type: 'noise'; readonly name: string }
);

/** A sound as the golden files describe it: `n` samples at `sr` hertz, the sum of gated sines and noises. */
export interface AudioRecipe {
  readonly id: string;
  readonly sr: number;
  readonly n: number;
  readonly parts: readonly Part[];
  readonly sha256: string;
}

export function recipeAudio({ sr, n, parts }: AudioRecipe): Float32Array {
  const sum = new Float64Array(n);
  for (const part of parts) {
    const wave = waveOf(part, sr);
    for (let index = 0; index < n; index++) {
      sum[index] = (sum[index] as number) + part.amp * wave(index) * gain(index, part.gate);
    }
  }
  return Float32Array.from(sum);
}

function waveOf(part: Part, sr: number): (index: number) => number {
  if (part.type === 'noise') {
    const next = mulberry32(fnv1a32(part.name));
    return () => 2 * next() - 1;
  }
  return (index) => Math.sin(2 * Math.PI * fraction(((part.freq * index) % sr) / sr + part.phase));
}

function gain(index: number, gate: Gate | undefined): number {
  if (gate === undefined) return 1;
  const position = index % gate.period;
  return position < gate.duty ? 1 - gate.decay * (position / gate.period) : 0;
}

function fraction(value: number): number {
  return value - Math.floor(value);
}
