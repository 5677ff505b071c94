import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { float64Of, type NumericMatrix, nonFiniteRow, rowOf } from '../linalg/matrix.js';
import { mean } from '../stats/mean.js';
import { klDivergence } from './kl-divergence.js';
import { logSigmoid, logSoftmax, withEpsilon } from './log-probabilities.js';

/**
 * How the logits of an item become a divergence:
 * - `softmax`: KL of the distributions over classes;
 * - `sigmoid`: Σ σ(t) (ln σ(t) - ln σ(o)) over classes, without the terms of 1 - σ: what audioldm_eval (metrics/kl.py) and av-benchmark
 *   call sigmoid KL. It is no divergence and can be negative;
 * - `bernoulli`: Σ over classes of the KL of each class being there or not, the sigmoid form with all its terms;
 * - `jensen-shannon`: mean KL of both softmax distributions against their mean; symmetrical, at most ln 2.
 */
export type KlForm = 'softmax' | 'sigmoid' | 'bernoulli' | 'jensen-shannon';

export interface KlOptions {
  readonly form: KlForm;
  /** Added to the second argument's probabilities before the log, without scaling: 0 (av-benchmark) or 1e-6. Only softmax and sigmoid. */
  readonly epsilon?: number;
}

export interface KlOfSet {
  /** Mean over items, in nats. */
  readonly mean: number;
  readonly perItem: Float64Array;
}

/**
 * KL(first ‖ second) in nats of two sets of logits (items x classes), paired by row. The direction is the caller's: audioldm_eval,
 * av-benchmark and audiocraft's `kld` have the reference first, stable-audio-metrics and audiocraft's `kld_qp` the generated music.
 * Refuses empty sets, sets of different size and, naming the row, values that are not finite.
 */
export function klOfLogits(first: NumericMatrix, second: NumericMatrix, options: KlOptions): Outcome<KlOfSet> {
  const refusal = refusalOf(first, second);
  if (refusal !== undefined) return refusal;
  const [a, b] = [float64Of(first), float64Of(second)];
  const perItem = Float64Array.from({ length: a.rows }, (_, row) => divergence(rowOf(a, row), rowOf(b, row), options));
  return ok({ mean: mean(perItem), perItem });
}

function refusalOf(first: NumericMatrix, second: NumericMatrix): Outcome<never> | undefined {
  if (first.rows !== second.rows) {
    return failed('unpaired', `the sets must pair one to one, but have ${first.rows} and ${second.rows} items`);
  }
  if (first.columns !== second.columns) {
    return failed('dimensions-differ', `the first set has ${first.columns} classes, the second ${second.columns}`);
  }
  if (first.rows === 0) return skipped('no items');
  for (const [name, set] of [
    ['first', first],
    ['second', second],
  ] as const) {
    const badRow = nonFiniteRow(set);
    if (badRow !== undefined)
      return failed('not-finite', `row ${badRow} of the ${name} set holds a value that is not finite`);
  }
  return undefined;
}

function divergence(first: Float64Array, second: Float64Array, { form, epsilon = 0 }: KlOptions): number {
  switch (form) {
    case 'softmax': {
      const logQ = logSoftmax(second);
      return klDivergence(logSoftmax(first), epsilon === 0 ? logQ : withEpsilon(logQ, epsilon));
    }
    case 'sigmoid': {
      const logQ = second.map(logSigmoid);
      return klDivergence(first.map(logSigmoid), epsilon === 0 ? logQ : withEpsilon(logQ, epsilon));
    }
    case 'bernoulli':
      return (
        klDivergence(first.map(logSigmoid), second.map(logSigmoid)) +
        klDivergence(first.map(logOfAbsence), second.map(logOfAbsence))
      );
    case 'jensen-shannon':
      return jensenShannon(logSoftmax(first), logSoftmax(second));
  }
}

/** ln(1 - σ(x)). */
function logOfAbsence(logit: number): number {
  return logSigmoid(-logit);
}

function jensenShannon(logP: Float64Array, logQ: Float64Array): number {
  const logMiddle = logP.map((value, index) => Math.log((Math.exp(value) + Math.exp(logQ[index]!)) / 2));
  return (klDivergence(logP, logMiddle) + klDivergence(logQ, logMiddle)) / 2;
}
