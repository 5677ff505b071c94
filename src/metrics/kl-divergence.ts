/**
 * KL(P ‖ Q) in nats from log-probabilities: Σ p (log p - log q). The first argument is the truth. A class with p = 0
 * (log -Infinity) adds nothing; logs rather than probabilities keep saturated classifier outputs finite.
 */
export function klDivergence(logP: Float64Array, logQ: Float64Array): number {
  if (logP.length !== logQ.length) throw new RangeError(`KL of ${logP.length} against ${logQ.length} classes`);
  let sum = 0;
  for (let index = 0; index < logP.length; index++) {
    const p = Math.exp(logP[index]!);
    if (p > 0) sum += p * (logP[index]! - logQ[index]!);
  }
  return sum;
}

/** Logs of non-negative weights after adding `epsilon` to each and scaling to sum 1, so that KL of equal weights is exactly 0. */
export function logDistribution(weights: Float64Array, epsilon: number): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight + epsilon, 0);
  return weights.map((weight) => Math.log((weight + epsilon) / total));
}
