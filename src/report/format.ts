import { protocolName } from '../core/protocol.js';
import type { Estimate } from '../core/score.js';
import type { Direction } from '../metrics/metric.js';
import type { Cell, Leaderboard, RankRange } from './leaderboard-types.js';

/** Typographic minus: as wide as a plus, so columns of numbers line up. */
const minus = '\u2212';

/**
 * Decimals for one metric's column: enough to show two digits of the typical interval's half-width, so that the table
 * neither hides a difference nor prints digits that the clips do not support. 0 to 4.
 */
export function decimalsFor(board: Leaderboard, metricId: string): number {
  const estimates = board.rows.flatMap(({ cells }) =>
    cells.filter((cell) => cell.metricId === metricId).flatMap(estimateOf),
  );
  const halfWidths = estimates.map(({ lower, upper }) => (upper - lower) / 2).filter((width) => width > 0);
  if (halfWidths.length > 0) return decimalsForScale(median(halfWidths), 2);
  const sizes = estimates.map(({ value }) => Math.abs(value)).filter((size) => size > 0);
  return sizes.length > 0 ? decimalsForScale(median(sizes), 3) : 2;
}

export function formatNumber(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? minus + text : text;
}

/** `[0.41, 0.66]` */
export function formatInterval(interval: Pick<Estimate, 'lower' | 'upper'>, decimals: number): string {
  return `[${formatNumber(interval.lower, decimals)}, ${formatNumber(interval.upper, decimals)}]`;
}

/** `1` or `2–4` */
export function formatRank({ best, worst }: RankRange): string {
  return best === worst ? String(best) : `${best}–${worst}`;
}

/** `kadtk (compat), version 1, published-tool` */
export function formatProtocol(protocol: Leaderboard['protocol']): string {
  const { version, status } = protocol;
  const parts = [protocolName(protocol), version === undefined ? undefined : `version ${version}`, status];
  return parts.filter((part) => part !== undefined).join(', ');
}

export function formatPValue(pValue: number): string {
  return pValue < 0.001 ? '< 0.001' : pValue.toFixed(3);
}

/** `↑` where a higher value is better, nothing where no side is. */
export function arrowOf(direction: Direction): string {
  return { higher: '↑', lower: '↓', neither: '' }[direction];
}

/** `higher is better`, or that the figure describes and does not judge. */
export function betterOf(direction: Direction): string {
  return direction === 'neither' ? 'neither side is better' : `${direction} is better`;
}

/** `18/20`: clips that entered the figure of those that were asked for. */
export function formatCoverage({ coverage }: Cell): string {
  return `${coverage.scored}/${coverage.total}`;
}

/** `20 clips`, or `5 of 20 clips` for a limited run. */
export function formatClipCount({ clipCount, suite }: Leaderboard): string {
  return clipCount === suite.clipCount ? `${clipCount} clips` : `${clipCount} of ${suite.clipCount} clips`;
}

const methodNames: Readonly<Record<Estimate['method'], string>> = {
  'bootstrap-bca': 'bootstrap, BCa',
  'bootstrap-percentile': 'bootstrap, percentile',
  'bootstrap-standard-error-t': 'bootstrap standard error, t',
  'jackknife-t': 'jackknife, t',
  'jackknife-wilson': 'jackknife, t, joined with Wilson',
  'group-jackknife-t': 'jackknife over groups of clips, t',
  'shuffles-range': 'range of random pairings',
};

/** `95 % (bootstrap, BCa)` */
export function formatMethod({ level, method }: Estimate): string {
  return `${formatPercent(level)} (${methodNames[method]})`;
}

export function formatPercent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

function estimateOf({ outcome }: Cell): Estimate[] {
  return outcome.status === 'ok' ? [outcome.value] : [];
}

function decimalsForScale(scale: number, digits: number): number {
  return Math.min(4, Math.max(0, digits - 1 - Math.floor(Math.log10(scale))));
}

function median(values: readonly number[]): number {
  const ordered = [...values].sort((a, b) => a - b);
  return ordered[Math.floor((ordered.length - 1) / 2)] as number;
}
