import type { Likelihood } from './maximum-likelihood.js';

/** What listeners preferred of two items, `first` heard before `second`; items are counted from 0. */
export interface OrderedVotes {
  readonly first: number;
  readonly second: number;
  readonly firstPreferred: number;
  readonly secondPreferred: number;
  readonly ties: number;
}

export interface ChoiceModel {
  readonly itemCount: number;
  /** A parameter for ties, behind the items' own. */
  readonly ties: boolean;
  /** A parameter for being heard first, behind all others. */
  readonly withOrder: boolean;
}

/**
 * The log-likelihood of votes where each outcome's chance is as e to a sum of parameters: that of the item preferred, half of both and the
 * parameter of ties for a tie, and for the item heard first that of the order. It is concave, and does not change when all items gain the same.
 */
export function choiceLikelihood(
  votes: readonly OrderedVotes[],
  { itemCount, ties, withOrder }: ChoiceModel,
): Likelihood {
  const size = itemCount + (ties ? 1 : 0) + (withOrder ? 1 : 0);
  const order = withOrder ? size - 1 : undefined;
  const pairs = votes.map((vote) => outcomesOf(vote, { ties: ties ? itemCount : undefined, order }));
  return {
    size,
    free: itemCount,
    at(parameters) {
      const gradient = new Float64Array(size);
      const information = Array.from({ length: size }, () => new Float64Array(size));
      let value = 0;
      for (const outcomes of pairs) value += addPair(outcomes, { parameters, gradient, information });
      return { value, gradient, information };
    },
  };
}

/** Which parameters an outcome's exponent adds up, with their shares, and how often it was. */
interface ChoiceOutcome {
  readonly count: number;
  readonly terms: readonly (readonly [parameter: number, share: number])[];
}

function outcomesOf(
  { first, second, firstPreferred, secondPreferred, ties: tied }: OrderedVotes,
  { ties, order }: { readonly ties: number | undefined; readonly order: number | undefined },
): readonly ChoiceOutcome[] {
  const heardFirst = (share: number): readonly (readonly [number, number])[] =>
    order === undefined ? [] : [[order, share]];
  const preferences: readonly ChoiceOutcome[] = [
    { count: firstPreferred, terms: [[first, 1], ...heardFirst(1)] },
    { count: secondPreferred, terms: [[second, 1]] },
  ];
  if (ties === undefined) return preferences;
  return [...preferences, { count: tied, terms: [[first, 0.5], [second, 0.5], [ties, 1], ...heardFirst(0.5)] }];
}

interface Sums {
  readonly parameters: Float64Array;
  readonly gradient: Float64Array;
  readonly information: readonly Float64Array[];
}

/** Adds a pair's part of gradient and information; returns that of the log-likelihood. */
function addPair(outcomes: readonly ChoiceOutcome[], { parameters, gradient, information }: Sums): number {
  const total = outcomes.reduce((sum, { count }) => sum + count, 0);
  const exponents = outcomes.map(({ terms }) =>
    terms.reduce((sum, [index, share]) => sum + share * parameters[index]!, 0),
  );
  const largest = Math.max(...exponents);
  const logSum = largest + Math.log(exponents.reduce((sum, exponent) => sum + Math.exp(exponent - largest), 0));
  const means = new Map<number, number>();
  let value = 0;
  for (const [index, { count, terms }] of outcomes.entries()) {
    const logChance = exponents[index]! - logSum;
    const chance = Math.exp(logChance);
    value += count * logChance;
    for (const [parameter, share] of terms) {
      gradient[parameter]! += (count - total * chance) * share;
      means.set(parameter, (means.get(parameter) ?? 0) + chance * share);
      for (const [other, otherShare] of terms) information[parameter]![other]! += total * chance * share * otherShare;
    }
  }
  for (const [parameter, mean] of means)
    for (const [other, otherMean] of means) information[parameter]![other]! -= total * mean * otherMean;
  return value;
}
