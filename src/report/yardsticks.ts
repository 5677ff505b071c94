import { mapOutcome, skipped } from '../core/outcome.js';
import type { MetricBaselines } from '../core/score.js';
import type { Yardstick } from './leaderboard-types.js';

/** The lines that give a metric's numbers their meaning; kinds without a value keep their reason. */
export function yardsticksOf(baselines: MetricBaselines | undefined): Yardstick[] {
  const none = skipped('no yardsticks were computed for this metric');
  return [
    {
      kind: 'real-against-real',
      title: 'Real against real',
      meaning: baselines?.realAgainstRealMeaning ?? 'the references against each other',
      outcome: baselines?.realAgainstReal ?? none,
    },
    {
      kind: 'chance-shuffled-pairs',
      title: 'Chance (shuffled pairs)',
      meaning: 'each reference against the wrong clip',
      outcome: mapOutcome(baselines?.chanceShuffledPairs ?? none, (interval) => ({ value: interval.value, interval })),
    },
    {
      kind: 'chance-time-shift',
      title: 'Chance (time shift)',
      meaning: 'each reference against its own clip, rotated in time by a random part of its length',
      outcome: mapOutcome(baselines?.chanceTimeShift ?? none, (interval) => ({ value: interval.value, interval })),
    },
  ];
}
