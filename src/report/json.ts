import type { Leaderboard } from './leaderboard-types.js';

/** The whole leaderboard at full precision; two equal runs give the same bytes. */
export function renderJson(leaderboard: Leaderboard): string {
  return `${JSON.stringify(leaderboard, null, 2)}\n`;
}
