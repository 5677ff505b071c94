import { type Failed, failed } from '../core/outcome.js';
import type { OrderedVotes } from './choice-likelihood.js';

/** Why votes cannot be modelled at all: none, or counts and items that are not such. */
export function votesProblem(votes: readonly OrderedVotes[], itemCount: number): Failed | undefined {
  let total = 0;
  for (const { first, second, firstPreferred, secondPreferred, ties } of votes) {
    const counts = [firstPreferred, secondPreferred, ties];
    if (counts.some((count) => !(count >= 0 && count < Number.POSITIVE_INFINITY)))
      return failed(
        'not-a-count',
        `items ${first} and ${second} have counts that are negative or not finite: ${counts.join(', ')}`,
      );
    if (first === second || [first, second].some((item) => !(Number.isInteger(item) && item >= 0 && item < itemCount)))
      return failed('not-a-pair', `${first} and ${second} are no two of ${itemCount} items`);
    total += firstPreferred + secondPreferred + ties;
  }
  return total === 0 ? failed('no-votes', 'there are no votes') : undefined;
}

/** Groups within which each item is preferred to each other one, directly or by way of others; one group where that holds for all. */
export function mutuallyBeaten(wins: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const reach = wins.map((_, item) => reachableFrom(wins, item));
  const groups: number[][] = [];
  for (const item of wins.keys()) {
    const group = groups.find(([other]) => reach[other!]!.has(item) && reach[item]!.has(other!));
    if (group === undefined) groups.push([item]);
    else group.push(item);
  }
  return groups;
}

function reachableFrom(wins: readonly (readonly number[])[], start: number): ReadonlySet<number> {
  const seen = new Set([start]);
  for (const item of seen) for (const [other, count] of wins[item]!.entries()) if (count > 0) seen.add(other);
  return seen;
}
