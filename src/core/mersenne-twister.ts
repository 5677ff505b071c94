/** Words of state, and the distance of the words that are combined (MT19937). */
const stateWords = 624;
const shiftWords = 397;

/** The random numbers of NumPy's legacy `RandomState`, bit for bit. */
export interface MersenneTwister {
  /** The next 32 random bits. */
  uint32(): number;
  /** Uniform in [0, 1), with 53 random bits of two draws. */
  uniform(): number;
  /** Uniform integer in [0, bound), by drawing again what a mask leaves above it. `bound` at most 2^32. */
  integer(bound: number): number;
  /** 0 to count - 1 in random order: `RandomState.permutation(count)`, and `shuffle` of a sorted list. */
  permutation(count: number): number[];
  /** `count` different integers below `bound`: `RandomState.choice(bound, count, replace=False)`, a whole permutation each. */
  sample(bound: number, count: number): number[];
}

/**
 * MT19937 (Matsumoto & Nishimura 1998) seeded by `init_genrand`, with the draws of numpy.random.RandomState (numpy/random/mtrand.pyx and
 * src/distributions, `legacy` functions): what torch-fidelity, audioldm_eval and av-benchmark shuffle with. `seed` counts modulo 2^32.
 */
export function mersenneTwister(seed: number): MersenneTwister {
  const state = seededState(seed);
  let next = stateWords;
  const uint32 = (): number => {
    if (next === stateWords) {
      renew(state);
      next = 0;
    }
    return tempered(state[next++]!);
  };
  const integer = (bound: number): number => {
    const largest = bound - 1;
    if (largest === 0) return 0;
    const mask = 2 ** (32 - Math.clz32(largest)) - 1;
    for (;;) {
      const value = (uint32() & mask) >>> 0;
      if (value <= largest) return value;
    }
  };
  const permutation = (count: number): number[] => {
    const order = Array.from({ length: count }, (_, index) => index);
    for (let last = count - 1; last > 0; last--) {
      const pick = integer(last + 1);
      [order[last], order[pick]] = [order[pick]!, order[last]!];
    }
    return order;
  };
  return {
    uint32,
    uniform: () => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992,
    integer,
    permutation,
    sample: (bound, count) => permutation(bound).slice(0, count),
  };
}

function seededState(seed: number): Uint32Array {
  const state = new Uint32Array(stateWords);
  state[0] = seed;
  for (let index = 1; index < stateWords; index++) {
    const before = state[index - 1]!;
    state[index] = Math.imul(1812433253, before ^ (before >>> 30)) + index;
  }
  return state;
}

/** The next 624 words in place. */
function renew(state: Uint32Array): void {
  for (let index = 0; index < stateWords; index++) {
    const mixed = (state[index]! & 0x80000000) | (state[(index + 1) % stateWords]! & 0x7fffffff);
    const twist = mixed & 1 ? 0x9908b0df : 0;
    state[index] = state[(index + shiftWords) % stateWords]! ^ (mixed >>> 1) ^ twist;
  }
}

function tempered(word: number): number {
  let bits = word ^ (word >>> 11);
  bits ^= (bits << 7) & 0x9d2c5680;
  bits ^= (bits << 15) & 0xefc60000;
  return (bits ^ (bits >>> 18)) >>> 0;
}
