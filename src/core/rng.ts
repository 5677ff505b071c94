import { sha256Hex } from './hash.js';

/** A seeded stream of pseudo-random numbers. */
export interface Rng {
  /** Uniform in [0, 1), with 32 random bits. */
  next(): number;
  /** Uniform integer in [0, bound). */
  integer(bound: number): number;
  /** Standard normal (Irwin-Hall of 12 uniforms: additions only, hence the same bits on every machine). */
  normal(): number;
}

/**
 * A stream for the given labels: the same labels give the same numbers, whatever else was drawn before.
 * sfc32 (Chris Doty-Humphrey, PractRand), seeded with SHA-256 of the labels.
 */
export function seededRng(...labels: readonly (string | number)[]): Rng {
  const digest = sha256Hex(labels.join('\u0000'));
  let a = Number.parseInt(digest.slice(0, 8), 16) | 0;
  let b = Number.parseInt(digest.slice(8, 16), 16) | 0;
  let c = Number.parseInt(digest.slice(16, 24), 16) | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) next();
  return {
    next,
    integer: (bound) => Math.floor(next() * bound),
    normal: () => {
      let sum = -6;
      for (let draw = 0; draw < 12; draw++) sum += next();
      return sum;
    },
  };
}

/** A copy of `items` in random order (Fisher-Yates). */
export function shuffle<T>(items: readonly T[], rng: Rng): T[] {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last--) {
    const pick = rng.integer(last + 1);
    [copy[last], copy[pick]] = [copy[pick] as T, copy[last] as T];
  }
  return copy;
}

/** A random cyclic derangement of 0..count-1: no index maps to itself. Needs count >= 2. */
export function derangement(count: number, rng: Rng): number[] {
  if (count < 2) throw new RangeError(`a derangement needs at least 2 items, got ${count}`);
  const cycle = shuffle([...Array(count).keys()], rng);
  const target = new Array<number>(count);
  cycle.forEach((from, position) => {
    target[from] = cycle[(position + 1) % count] as number;
  });
  return target;
}
