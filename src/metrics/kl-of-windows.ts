import type { FeatureMatrix } from '../core/features.js';
import { type Outcome, ok, skipped } from '../core/outcome.js';
import type { Numerics } from '../core/protocol.js';
import type { PairedMetric } from './metric.js';

/** A comparison of the logits of two sounds by the numerics of a protocol: of their mean logits, or window by window and then averaged. */
export function klOfWindowsUnder(
  compare: PairedMetric['compare'],
  { klOfWindows }: Pick<Numerics, 'klOfWindows'>,
): PairedMetric['compare'] {
  return klOfWindows === 'each-window' ? (audio, target) => meanOverWindows(compare, audio, target) : compare;
}

/** As audiocraft has it (metrics/kld.py), where each segment is an item of its own; over the windows that both have. */
function meanOverWindows(
  compare: PairedMetric['compare'],
  audio: FeatureMatrix,
  target: FeatureMatrix,
): Outcome<number> {
  const windows = Math.min(audio.rows, target.rows);
  if (windows === 0) return skipped('there is no window that both the music and the reference have');
  let sum = 0;
  for (let window = 0; window < windows; window++) {
    const outcome = compare(windowOf(audio, window), windowOf(target, window));
    if (outcome.status !== 'ok') return outcome;
    sum += outcome.value;
  }
  const unpaired = Math.max(audio.rows, target.rows) - windows;
  return ok(sum / windows, unpaired === 0 ? [] : [`${unpaired} windows have no partner and are left out`]);
}

function windowOf({ columns, data }: FeatureMatrix, window: number): FeatureMatrix {
  return { rows: 1, columns, data: data.subarray(window * columns, (window + 1) * columns) };
}
