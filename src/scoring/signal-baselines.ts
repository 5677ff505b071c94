import { type Outcome, ok, skipped } from '../core/outcome.js';
import type { MetricBaselines } from '../core/score.js';
import type { SignalMetric } from '../metrics/metric.js';
import { mean } from '../stats/mean.js';
import { checkedValue } from './checked-value.js';
import type { ScoringInput } from './feature-lookup.js';
import { sortedById } from './sorted.js';

/** The one yardstick of a signal check is what it finds in the references: no other pairs have features, so there is no chance level. */
export function signalBaselines(metric: SignalMetric, input: ScoringInput): MetricBaselines {
  const noPairing = skipped(metric.blindGuess ?? 'describes one sound by itself');
  return {
    metric: { id: metric.id, version: metric.version },
    realAgainstReal: ofReferences(metric, input),
    realAgainstRealMeaning: meaningOf(metric),
    systemsAtEqualCount: [],
    chanceShuffledPairs: noPairing,
    chanceTimeShift: noPairing,
  };
}

function meaningOf({ heldAgainst }: SignalMetric): string {
  return heldAgainst === undefined
    ? 'the references themselves, mean over clips'
    : `each reference against its own ${heldAgainst}: what the original music scores`;
}

function ofReferences(
  metric: SignalMetric,
  { clipIds, features }: ScoringInput,
): Outcome<{ readonly value: number; readonly clipCount: number; readonly repeats: number }> {
  const values = sortedById(clipIds, (id) => id).flatMap((clipId) => {
    const music = features.reference(clipId, metric.need);
    const outcome = music.status === 'ok' ? checkedValue(() => metric.measure(music.value)) : music;
    return outcome.status === 'ok' ? [outcome.value] : [];
  });
  return values.length === 0
    ? skipped('no reference could be measured')
    : ok({ value: mean(values), clipCount: values.length, repeats: 1 });
}
