import { betterOf, formatNumber } from './format.js';
import type { Column, Yardstick, YardstickValue } from './leaderboard-types.js';

/** What a value of this metric means beside its yardsticks, in two or three sentences. */
export function howToRead(column: Column, decimals: number): string {
  const sentences = column.yardsticks.flatMap((yardstick) => {
    if (yardstick.outcome.status !== 'ok') return [];
    return [sentenceOf(yardstick, yardstick.outcome.value, decimals)];
  });
  const better = `${betterOf(column.direction).replace(/^./, (letter) => letter.toUpperCase())}.`;
  if (sentences.length === 0) return `${better} No yardstick is known for this run: read the order, not the size.`;
  return [better, ...sentences].join(' ');
}

function sentenceOf({ kind, meaning }: Yardstick, { value, clipCount }: YardstickValue, decimals: number): string {
  const number = formatNumber(value, decimals);
  switch (kind) {
    case 'real-against-real': {
      const count = clipCount === undefined ? '' : `; N = ${clipCount}`;
      return `Real music scores ${number} (${meaning}${count}): a system near this is as good as real music by this metric.`;
    }
    case 'chance-shuffled-pairs':
      return `Chance scores ${number} (${meaning}): a system that does no better has not followed the video.`;
    case 'chance-time-shift':
      return `Music out of time scores ${number} (${meaning}): a system that does no better is not in time.`;
  }
}
