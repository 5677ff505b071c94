/** Logs of the softmax of logits, finite however large they are. Float64. */
export function logSoftmax(logits: Float64Array): Float64Array {
  const largest = logits.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const total = logits.reduce((sum, value) => sum + Math.exp(value - largest), 0);
  const logTotal = Math.log(total);
  return logits.map((value) => value - largest - logTotal);
}

/** Log of the logistic function, -ln(1 + e^-x), finite however large x is. */
export function logSigmoid(logit: number): number {
  return logit >= 0 ? -Math.log1p(Math.exp(-logit)) : logit - Math.log1p(Math.exp(logit));
}

/**
 * ln(p + epsilon) of log-probabilities, **not** scaled to sum 1 again: what audioldm_eval (metrics/kl.py), audiocraft (metrics/kld.py) and
 * stable-audio-metrics (passt_kld.py) put into their logs. KL against it is at most -ln(epsilon) and of equal distributions slightly
 * negative.
 */
export function withEpsilon(logProbabilities: Float64Array, epsilon: number): Float64Array {
  return logProbabilities.map((value) => Math.log(Math.exp(value) + epsilon));
}
