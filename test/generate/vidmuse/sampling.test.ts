import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { seededRng } from '../../../src/core/rng.js';
import {
  candidates,
  officialSampling,
  type SamplingOptions,
  sampleCode,
} from '../../../src/generate/vidmuse/sampling.js';
import { expectAllClose } from '../../helpers/all-close.js';
import { readNpy } from '../../helpers/npy.js';

const fixtures = fileURLToPath(new URL('../../fixtures/vidmuse/', import.meta.url));
const greedy: SamplingOptions = { temperature: 0, topK: 0, topP: 0 };
const draws = 100_000;

const normalLogits = (label: string, count: number): Float32Array => {
  const rng = seededRng('sampling test', label);
  return Float32Array.from({ length: count }, () => 2 * rng.normal());
};

/** exp(logit / temperature) over all codes, added up to 1. */
function softmax(logits: Float32Array, temperature: number): Float64Array {
  const weights = Float64Array.from(logits, (logit) => Math.exp(logit / temperature));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Only the probabilities that `keeps` accepts, added up to 1. */
function truncated(shares: Float64Array, keeps: (share: number) => boolean): Float64Array {
  const kept = shares.map((share) => (keeps(share) ? share : 0));
  const sum = kept.reduce((total, share) => total + share, 0);
  return kept.map((share) => share / sum);
}

const topK = (shares: Float64Array, k: number): Float64Array => {
  const border = Float64Array.from(shares).sort().at(-k)!;
  return truncated(shares, (share) => share >= border);
};

const topP = (shares: Float64Array, p: number): Float64Array =>
  truncated(shares, (share) => shares.reduce((sum, other) => (other > share ? sum + other : sum), 0) <= p);

function countsOf(logits: Float32Array, options: SamplingOptions, label: string): Int32Array {
  const rng = seededRng('sampling test draws', label);
  const counts = new Int32Array(logits.length);
  for (let draw = 0; draw < draws; draw++) counts[sampleCode(logits, { ...options, uniform: rng.next() })]!++;
  return counts;
}

/**
 * Pearson's statistic as a standard normal number (Wilson and Hilferty 1931); codes expected less than 5 times are one class together.
 * Fails for a code that cannot be drawn.
 */
function chiSquareScore(counts: Int32Array, shares: Float64Array): number {
  const rare = { count: 0, expected: 0 };
  const classes = [rare];
  counts.forEach((count, code) => {
    const expected = draws * shares[code]!;
    if (expected === 0) expect(count, `code ${code}`).toBe(0);
    if (expected >= 5) classes.push({ count, expected });
    else [rare.count, rare.expected] = [rare.count + count, rare.expected + expected];
  });
  const used = classes.filter(({ expected }) => expected > 0);
  const statistic = used.reduce((sum, { count, expected }) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = used.length - 1;
  const spread = 2 / (9 * freedom);
  return (Math.cbrt(statistic / freedom) - (1 - spread)) / Math.sqrt(spread);
}

/** Standard normal: P(z > 3.719) = 1e-4. */
const limit = 3.719;

describe('sampleCode in 100,000 draws', () => {
  const wide = normalLogits('wide', 300);
  const logits = normalLogits('narrow', 60);
  // The border of the 5 largest falls within four equal logits.
  const tied = Float32Array.of(0, 3, 1, 2, 1, 2.5, 1, -1, 0.5, 1, 0.75);
  it.each([
    ['the official top 250', wide, officialSampling, topK(softmax(wide, 1), 250)],
    ['a top 5 with ties at its border', tied, { temperature: 1, topK: 5, topP: 0 }, topK(softmax(tied, 1), 5)],
    ['a share of 0.9', logits, { temperature: 1, topK: 250, topP: 0.9 }, topP(softmax(logits, 1), 0.9)],
    ['temperature 0.7', logits, { temperature: 0.7, topK: 0, topP: 0 }, softmax(logits, 0.7)],
    ['temperature 0.7 and the top 20', logits, { temperature: 0.7, topK: 20, topP: 0 }, topK(softmax(logits, 0.7), 20)],
  ] as const)(
    'has the distribution of %s',
    (label, from, options, shares) => {
      const counts = countsOf(from, options, label);
      expect(chiSquareScore(counts, shares)).toBeLessThan(limit);
    },
    60_000,
  );

  it('would be told from a temperature that is a twentieth off', () => {
    const counts = countsOf(logits, { temperature: 0.7, topK: 0, topP: 0 }, 'other temperature');
    expect(chiSquareScore(counts, softmax(logits, 0.735))).toBeGreaterThan(limit);
  }, 60_000);
});

describe('sampleCode', () => {
  it('takes greedily the first of the largest', () => {
    expect(sampleCode(Float32Array.of(1, 5, 2, 5), { ...greedy, uniform: 0.99 })).toBe(1);
    expect(sampleCode(Float32Array.of(-3, -2, -9), { ...greedy, uniform: 0 })).toBe(1);
    expect(sampleCode(Float32Array.of(7, 7, 7), { ...greedy, uniform: 0.5 })).toBe(0);
  });

  it('takes the likeliest for 0 and a candidate for the largest number below 1', () => {
    const logits = normalLogits('edges', 100);
    const { codes } = candidates(logits, { temperature: 1, topK: 9, topP: 0 });
    const drawn = (uniform: number): number => sampleCode(logits, { temperature: 1, topK: 9, topP: 0, uniform });
    expect(drawn(0)).toBe(codes[0]);
    expect(drawn(1 - 2 ** -53)).toBe(codes[8]);
  });

  it('draws one code only for a top 1', () => {
    const logits = normalLogits('one', 50);
    const best = sampleCode(logits, { ...greedy, uniform: 0 });
    for (const uniform of [0, 0.5, 0.999])
      expect(sampleCode(logits, { temperature: 1, topK: 1, topP: 0, uniform })).toBe(best);
  });
});

describe('candidates', () => {
  it('keeps ties at the border, in the order of codes', () => {
    const { codes } = candidates(Float32Array.of(1, 3, 1, 2, 1), { temperature: 1, topK: 3, topP: 0 });
    expect([...codes]).toEqual([1, 3, 0, 2, 4]);
  });

  it('are all codes without a limit or with one beyond their number', () => {
    for (const k of [0, 5, 99])
      expect(candidates(Float32Array.of(1, 3, 1, 2, 1), { temperature: 1, topK: k, topP: 0 }).codes).toHaveLength(5);
  });

  it('keep the code that passes the share', () => {
    const logits = Float32Array.of(Math.log(0.25), Math.log(0.5), Math.log(0.15), Math.log(0.1));
    const kept = (share: number): number[] => [...candidates(logits, { temperature: 1, topK: 0, topP: share }).codes];
    expect([kept(0.4), kept(0.6), kept(0.8), kept(0.95)]).toEqual([[1], [1, 0], [1, 0, 2], [1, 0, 2, 3]]);
  });

  it('stay finite for large logits', () => {
    const { probabilities } = candidates(Float32Array.of(1e4, 1e4, -1e4), { temperature: 0.1, topK: 0, topP: 0 });
    expect([...probabilities]).toEqual([0.5, 0.5, 0]);
  });

  const { sampling } = JSON.parse(readFileSync(`${fixtures}meta.json`, 'utf8'));
  it.each(['topk250', 'topk50_temp1p3', 'topp0p9'])('have the probabilities of the official code for %s', (name) => {
    const { top_k, top_p, temp } = sampling[name];
    const { data, shape } = readNpy<Float32Array>(`${fixtures}logits_step1.npy`);
    const golden = readNpy<Float32Array>(`${fixtures}${name}_probs.npy`);
    const [codebooks, size] = shape as [number, number];
    const own = new Float32Array(data.length);
    for (let codebook = 0; codebook < codebooks; codebook++) {
      const logits = data.subarray(codebook * size, (codebook + 1) * size);
      const { codes, probabilities } = candidates(logits, { temperature: temp, topK: top_k, topP: top_p });
      // The golden ones of a share are in descending order.
      codes.forEach((code, rank) => {
        own[codebook * size + (top_p > 0 ? rank : code)] = probabilities[rank]!;
      });
    }
    expectAllClose(own, golden.data, { atol: 1e-4 });
    expect(own.map(Math.sign)).toEqual(golden.data.map(Math.sign));
  });
});
