import type { Rng } from '../../src/core/rng.js';

const classes = 50;
/** Standard deviation of the logits: the mean KL becomes 1.3 nats, as large as published ones (0.3 to 1.3, benchmarks/v2m-bench/published.csv). */
const logitScale = 4;

/**
 * The law of a clip's KL divergence, as a classifier gives it: KL(softmax(a) || softmax(b)) in nats, a the logits of the reference, b those of a
 * system, which share a part of their variance. The part differs from clip to clip (1 - u³, u uniform: most clips are near their reference,
 * some are far off), and all systems on a clip have the clip's a and its part. One call is one clip, each call of what it returns one system.
 */
export function klOfClip(rng: Rng): () => number {
  const far = rng.next() ** 3;
  const reference = Array.from({ length: classes }, () => rng.normal());
  const p = softmax(reference.map((logit) => logitScale * logit));
  return () => {
    const own = reference.map((logit) => Math.sqrt(1 - far) * logit + Math.sqrt(far) * rng.normal());
    const q = softmax(own.map((logit) => logitScale * logit));
    return p.reduce((sum, share, index) => sum + share * Math.log(share / (q[index] as number)), 0);
  };
}

function softmax(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp(logit - largest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
