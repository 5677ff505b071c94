import type { Comparison, Figure } from '../core/score.js';
import { significanceLevel } from './settings.js';
import { sortedById } from './sorted.js';

export interface RankRange {
  readonly systemId: string;
  /** 1 + the number of systems that are significantly better. */
  readonly best: number;
  /** The number of ranked systems minus those that are significantly worse. */
  readonly worst: number;
  /** Counted from 1: systems that cannot be told from the first of their group. */
  readonly tieGroup: number;
  /** False: no value, or nothing to compare it with; such systems share the places behind all others. */
  readonly ranked: boolean;
}

/**
 * What the data say about the order of the systems for one metric: a range of ranks each, in the order of their values
 * (then ids). "Significantly" means a Holm-adjusted p-value below 0.05, so the ranges hold jointly.
 */
export function rankRanges(
  figures: readonly Figure[],
  comparisons: readonly Comparison[],
  direction: 'higher' | 'lower',
): RankRange[] {
  const better = significantlyBetter(comparisons, direction);
  const ranked = inOrder(figures, direction).filter(({ systemId }) => isComparable(systemId, figures, comparisons));
  const groups = tieGroups(ranked, better);
  const ranges = ranked.map(({ systemId }) => ({
    systemId,
    best: 1 + ranked.filter((other) => better(other.systemId, systemId)).length,
    worst: ranked.length - ranked.filter((other) => better(systemId, other.systemId)).length,
    tieGroup: groups.get(systemId) as number,
    ranked: true,
  }));
  const rest = sortedById(figures, ({ systemId }) => systemId).filter(({ systemId }) => !groups.has(systemId));
  const tieGroup = Math.max(0, ...groups.values()) + 1;
  const last = { best: ranked.length + 1, worst: figures.length, tieGroup, ranked: false };
  return [...ranges, ...rest.map(({ systemId }) => ({ systemId, ...last }))];
}

type Better = (winner: string, loser: string) => boolean;

function significantlyBetter(comparisons: readonly Comparison[], direction: 'higher' | 'lower'): Better {
  const wins = new Set<string>();
  for (const { systemA, systemB, outcome } of comparisons) {
    if (outcome.status !== 'ok' || !(outcome.value.adjustedPValue < significanceLevel)) continue;
    const aWins = outcome.value.difference.value > 0 === (direction === 'higher');
    wins.add(aWins ? `${systemA}\u0000${systemB}` : `${systemB}\u0000${systemA}`);
  }
  return (winner, loser) => wins.has(`${winner}\u0000${loser}`);
}

function inOrder(figures: readonly Figure[], direction: 'higher' | 'lower'): Figure[] {
  const sign = direction === 'higher' ? -1 : 1;
  const scoreOf = ({ outcome }: Figure): number => (outcome.status === 'ok' ? outcome.value.value : 0);
  const withValue = figures.filter(({ outcome }) => outcome.status === 'ok');
  return sortedById(withValue, ({ systemId }) => systemId).sort((a, b) => sign * (scoreOf(a) - scoreOf(b)));
}

/** A system that was compared with none of the others has no place among them; a lone system has place 1. */
function isComparable(systemId: string, figures: readonly Figure[], comparisons: readonly Comparison[]): boolean {
  if (figures.filter(({ outcome }) => outcome.status === 'ok').length < 2) return true;
  return comparisons.some(
    ({ systemA, systemB, outcome }) => outcome.status === 'ok' && (systemA === systemId || systemB === systemId),
  );
}

/** From the top: a new group starts at the first system that is significantly worse than the head of the current one. */
function tieGroups(ranked: readonly Figure[], better: Better): Map<string, number> {
  const groups = new Map<string, number>();
  let head = ranked[0]?.systemId;
  let group = 1;
  for (const { systemId } of ranked) {
    if (head !== undefined && better(head, systemId)) {
      group += 1;
      head = systemId;
    }
    groups.set(systemId, group);
  }
  return groups;
}
