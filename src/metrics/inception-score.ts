import { failed, type Outcome, ok } from '../core/outcome.js';
import { float64Of, type Matrix, type NumericMatrix, nonFiniteRow, rowOf } from '../linalg/matrix.js';
import { mean } from '../stats/mean.js';
import { klDivergence } from './kl-divergence.js';
import { logSoftmax } from './log-probabilities.js';

export interface InceptionScoreOptions {
  /** Parts of equal size (but for rounding) that are scored on their own; customary are 10. */
  readonly splits: number;
  /** The rows in the order in which they are split; as they stand if left out. The tools shuffle by `RandomState(2020)`. */
  readonly order?: readonly number[];
}

export interface InceptionScore {
  /** From 1 (no class tells anything) to the number of classes. */
  readonly mean: number;
  /** Standard deviation over splits with n, not n - 1. */
  readonly deviation: number;
  readonly perSplit: readonly number[];
}

/**
 * Inception score (Salimans et al. 2016, arXiv:1606.03498) of logits (items x classes): exp of the mean KL of each item's softmax against
 * the mean of its split, averaged over splits. Split i holds the items from floor(i N / splits), as in torch-fidelity (metric_isc.py).
 * Refuses fewer items than splits and, naming the row, values that are not finite; warns of splits of one item, which score 1.
 */
export function inceptionScore(logits: NumericMatrix, options: InceptionScoreOptions): Outcome<InceptionScore> {
  const { splits, order } = options;
  if (!(Number.isInteger(splits) && splits > 0)) return failed('bad-splits', `cannot make ${splits} splits`);
  if (logits.rows < splits) return failed('too-few-items', `${logits.rows} items are fewer than the ${splits} splits`);
  const badRow = nonFiniteRow(logits);
  if (badRow !== undefined) return failed('not-finite', `row ${badRow} holds a value that is not finite`);
  const logs = logSoftmaxRows(logits);
  const rows = order ?? Array.from({ length: logits.rows }, (_, row) => row);
  const bound = (split: number): number => Math.floor((split * rows.length) / splits);
  const perSplit = Array.from({ length: splits }, (_, split) =>
    scoreOfSplit(rows.slice(bound(split), bound(split + 1)).map((row) => rowOf(logs, row))),
  );
  const average = mean(perSplit);
  const deviation = Math.sqrt(mean(perSplit.map((score) => (score - average) ** 2)));
  return ok({ mean: average, deviation, perSplit }, warningsOf(rows.length, splits));
}

function scoreOfSplit(logs: readonly Float64Array[]): number {
  const marginal = new Float64Array(logs[0]!.length);
  for (const item of logs) for (let index = 0; index < item.length; index++) marginal[index]! += Math.exp(item[index]!);
  const logMarginal = marginal.map((sum) => Math.log(sum / logs.length));
  return Math.exp(mean(logs.map((item) => klDivergence(item, logMarginal))));
}

function logSoftmaxRows(logits: NumericMatrix): Matrix {
  const logs = float64Of(logits);
  for (let row = 0; row < logs.rows; row++) rowOf(logs, row).set(logSoftmax(rowOf(logs, row)));
  return logs;
}

function warningsOf(items: number, splits: number): string[] {
  const single = 2 * splits - items;
  if (single <= 0) return [];
  return [`${single} of ${splits} splits have only one item and score 1 whatever it is`];
}
