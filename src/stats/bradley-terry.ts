import { type Outcome, ok, skipped } from '../core/outcome.js';
import { choiceLikelihood, type OrderedVotes } from './choice-likelihood.js';
import { maximumLikelihood } from './maximum-likelihood.js';
import { mutuallyBeaten, votesProblem } from './vote-graph.js';

/** Strengths of items that were compared in pairs. */
export interface BradleyTerry {
  /** Logarithms of the strengths, their mean 0. */
  readonly logStrengths: Float64Array;
  readonly standardErrors: Float64Array;
  /** Of the log strengths: rows sum to 0, because their mean is fixed. */
  readonly covariance: readonly Float64Array[];
  readonly logLikelihood: number;
}

/**
 * The model of Bradley and Terry (1952, Biometrika 39:324): i is preferred to j with the chance p_i / (p_i + p_j). `wins[i][j]` is how often i was
 * preferred to j. Maximum likelihood by Newton's method; covariance from the information. A finite estimate exists where every item is preferred to
 * every other one, directly or by way of others (Ford 1957, Am. Math. Monthly 64:28); not defined elsewhere, with the items named. Failed
 * without votes, and for counts that are negative or not finite.
 */
export function bradleyTerry(wins: readonly (readonly number[])[]): Outcome<BradleyTerry> {
  const votes = votesOf(wins);
  const problem = votesProblem(votes, wins.length);
  if (problem !== undefined) return problem;
  const groups = mutuallyBeaten(wins);
  if (groups.length > 1)
    return skipped(
      `no finite estimate: preferences go both ways only within ${groups.map((group) => `{${group.join(', ')}}`).join(', ')}`,
    );
  const fit = maximumLikelihood(choiceLikelihood(votes, { itemCount: wins.length, ties: false, withOrder: false }));
  if (fit.status !== 'ok') return skipped('no finite estimate to 12 digits');
  return ok({
    logStrengths: Float64Array.from(fit.parameters),
    standardErrors: Float64Array.from(fit.covariance, (row, index) => Math.sqrt(row[index]!)),
    covariance: fit.covariance,
    logLikelihood: fit.logLikelihood,
  });
}

/** A log strength on the scale of chess: 400 points are ten to one, the mean is 1000 (Elo 1978). */
export function eloOf(logStrength: number): number {
  return 1000 + (400 / Math.LN10) * logStrength;
}

function votesOf(wins: readonly (readonly number[])[]): readonly OrderedVotes[] {
  return wins.flatMap((row, first) =>
    row.flatMap((firstPreferred, second) =>
      first < second ? [{ first, second, firstPreferred, secondPreferred: wins[second]?.[first] ?? 0, ties: 0 }] : [],
    ),
  );
}
