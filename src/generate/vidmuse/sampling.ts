export interface SamplingOptions {
  /** 0: the likeliest code is taken. */
  readonly temperature: number;
  /** Codes that can be drawn: those at least as likely as the k-th; 0: all. */
  readonly topK: number;
  /** Above 0 instead of `topK`: the likeliest codes up to this share. */
  readonly topP: number;
}

/** The defaults of the authors (VidMuse 1e9296e, infer.py:34-46). */
export const officialSampling: SamplingOptions = { temperature: 1, topK: 250, topP: 0 };

/** Codes that can be drawn, with their probabilities, which add up to 1. */
export interface Candidates {
  readonly codes: Int32Array;
  readonly probabilities: Float64Array;
}

/** One code from logits; `uniform` is a number in [0, 1), of which greedy choice needs none. */
export function sampleCode(logits: Float32Array, options: SamplingOptions & { readonly uniform: number }): number {
  if (options.temperature <= 0) return likeliest(logits);
  const { codes, probabilities } = candidates(logits, options);
  let left = options.uniform;
  for (let index = 0; index < codes.length; index++) {
    left -= probabilities[index]!;
    if (left < 0) return codes[index]!;
  }
  // Rounding may leave a rest of the last candidate's share.
  return codes.at(-1)!;
}

/**
 * What can be drawn, the likeliest first; ties in the order of codes. Ties at the border of `topK` all stay (audiocraft 1.2.0, utils/utils.py:109-123,
 * `sample_top_k`); `topP` keeps a code if less than that share is likelier (`sample_top_p`).
 */
export function candidates(logits: Float32Array, { temperature, topK, topP }: SamplingOptions): Candidates {
  const order = Int32Array.from(logits.keys()).sort((a, b) => logits[b]! - logits[a]! || a - b);
  const largest = logits[order[0]!]!;
  const weights = Float64Array.from(order, (code) => Math.exp((logits[code]! - largest) / temperature));
  const count = topP > 0 ? keptByShare(weights, topP) : keptByRank(weights, topK);
  const kept = weights.subarray(0, count);
  const sum = kept.reduce((total, weight) => total + weight, 0);
  return { codes: order.slice(0, count), probabilities: kept.map((weight) => weight / sum) };
}

function keptByRank(weights: Float64Array, topK: number): number {
  if (topK <= 0 || topK >= weights.length) return weights.length;
  let count = topK;
  while (count < weights.length && weights[count] === weights[topK - 1]) count++;
  return count;
}

function keptByShare(weights: Float64Array, topP: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  let count = 0;
  while (count < weights.length && before <= topP * total) before += weights[count++]!;
  return count;
}

/** The first of the largest. */
function likeliest(logits: Float32Array): number {
  let best = 0;
  for (let code = 1; code < logits.length; code++) if (logits[code]! > logits[best]!) best = code;
  return best;
}
