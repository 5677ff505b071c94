import type { Estimate } from '../../core/score.js';
import type { Column, Leaderboard, Yardstick } from '../leaderboard-types.js';
import { html, type Markup } from './markup.js';

const widthPx = 104;
const heightPx = 14;
const insetPx = 4;

/** Least and greatest number of a column, over values, intervals and yardsticks. */
export function whiskerScale(board: Leaderboard, column: Column): readonly [number, number] {
  const figures = board.rows.flatMap(({ cells }) =>
    cells.flatMap(({ metricId, outcome }) =>
      metricId === column.id && outcome.status === 'ok'
        ? [outcome.value.value, outcome.value.lower, outcome.value.upper]
        : [],
    ),
  );
  const lines = column.yardsticks.flatMap(({ outcome }) => (outcome.status === 'ok' ? [outcome.value.value] : []));
  const all = [...figures, ...lines];
  return all.length === 0 ? [0, 1] : [Math.min(...all), Math.max(...all)];
}

export interface WhiskerInput {
  readonly estimate: Estimate;
  readonly yardsticks: readonly Yardstick[];
  readonly scale: readonly [number, number];
}

/** The value as a dot on its interval, with a tick for each yardstick. Decoration: the numbers stand beside it. */
export function whiskerSvg({ estimate, yardsticks, scale: [least, greatest] }: WhiskerInput): Markup {
  const x = (value: number): string => {
    const share = greatest > least ? (value - least) / (greatest - least) : 0.5;
    return (insetPx + share * (widthPx - 2 * insetPx)).toFixed(1);
  };
  const middle = heightPx / 2;
  const ticks = yardsticks.flatMap(({ kind, outcome }) =>
    outcome.status === 'ok'
      ? [
          html`<line class="tick ${kind}" x1="${x(outcome.value.value)}" x2="${x(outcome.value.value)}" y1="0" y2="${heightPx}"/>`,
        ]
      : [],
  );
  return html`<svg class="whisker" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${widthPx} ${heightPx}" aria-hidden="true"><line class="axis" x1="0" x2="${widthPx}" y1="${middle}" y2="${middle}"/>${ticks}<line class="range" x1="${x(estimate.lower)}" x2="${x(estimate.upper)}" y1="${middle}" y2="${middle}"/><circle cx="${x(estimate.value)}" cy="${middle}" r="3.4"/></svg>`;
}
