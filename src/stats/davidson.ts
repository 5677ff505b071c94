import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { choiceLikelihood, type OrderedVotes } from './choice-likelihood.js';
import { maximumLikelihood } from './maximum-likelihood.js';
import { mutuallyBeaten, votesProblem } from './vote-graph.js';

/** Strengths of items that were compared in pairs with ties. */
export interface Davidson {
  /** Logarithms of the strengths, their mean 0. */
  readonly logStrengths: Float64Array;
  readonly standardErrors: Float64Array;
  /** ln ν: how often equals tie. Of two equals, a tie has ν times the chance of either's preference. */
  readonly logTies: number;
  readonly logTiesStandardError: number;
  /** What being heard first adds to a log strength; only where it was asked for. */
  readonly order?: { readonly value: number; readonly standardError: number };
  readonly logLikelihood: number;
}

export interface DavidsonOptions {
  readonly itemCount: number;
  /** Estimate what being heard first adds (Davidson & Beaver 1977). */
  readonly withOrder?: boolean;
}

/**
 * Davidson's model of paired comparisons with ties (Davidson 1970, JASA 65:317): chances of first : second : tie are as
 * e^(a + o) : e^b : ν e^((a + o + b) / 2) for log strengths a and b and the effect o of being heard first. Maximum likelihood by Newton's
 * method; standard errors from the information. Not defined without ties (ν is then 0: take `bradleyTerry`), with nothing but ties,
 * between items that nobody compared, or where votes allow no finite estimate; failed without votes, and for an order that nothing tells from the strengths.
 */
export function davidson(
  votes: readonly OrderedVotes[],
  { itemCount, withOrder = false }: DavidsonOptions,
): Outcome<Davidson> {
  const problem = votesProblem(votes, itemCount);
  if (problem !== undefined) return problem;
  const groups = mutuallyBeaten(comparisonsOf(votes, itemCount));
  if (groups.length > 1)
    return skipped(
      `not comparable: nobody compared items of ${groups.map((group) => `{${group.join(', ')}}`).join(', ')}`,
    );
  const ties = votes.reduce((sum, vote) => sum + vote.ties, 0);
  const preferences = votes.reduce((sum, vote) => sum + vote.firstPreferred + vote.secondPreferred, 0);
  if (preferences === 0) return skipped('there are only ties: nothing tells the items apart');
  if (ties === 0) return skipped('there are no ties: the model is that of Bradley and Terry');
  const likelihood = choiceLikelihood(votes, { itemCount, ties: true, withOrder });
  const fit = maximumLikelihood(likelihood);
  if (fit.status === 'not-identified')
    return failed(
      'order-not-identified',
      'pairs were heard in one order only: order and strength cannot be told apart',
    );
  if (fit.status === 'no-maximum')
    return skipped('no finite estimate: some items or ties are preferred without exception');
  const errors = fit.covariance.map((row, index) => Math.sqrt(row[index]!));
  return ok({
    logStrengths: Float64Array.from(fit.parameters.slice(0, itemCount)),
    standardErrors: Float64Array.from(errors.slice(0, itemCount)),
    logTies: fit.parameters[itemCount]!,
    logTiesStandardError: errors[itemCount]!,
    ...(withOrder ? { order: { value: fit.parameters[itemCount + 1]!, standardError: errors[itemCount + 1]! } } : {}),
    logLikelihood: fit.logLikelihood,
  });
}

/** How often each two items were compared, both ways. */
function comparisonsOf(votes: readonly OrderedVotes[], itemCount: number): readonly (readonly number[])[] {
  const counts = Array.from({ length: itemCount }, () => new Array<number>(itemCount).fill(0));
  for (const { first, second, firstPreferred, secondPreferred, ties } of votes) {
    counts[first]![second]! += firstPreferred + secondPreferred + ties;
    counts[second]![first]! += firstPreferred + secondPreferred + ties;
  }
  return counts;
}
