import { type Outcome, ok, skipped } from '../core/outcome.js';
import type { Waveform } from '../core/waveform.js';
import { absoluteGateLufs, shortTermLoudness } from './loudness.js';
import { roundHalfToEven } from './round-half-even.js';

const relativeGateLu = -20;

/**
 * Loudness range in LU by EBU Tech 3342: from the 10th to the 95th percentile of the short-term loudness, every 100 ms, above
 * -70 LUFS and above 20 LU below the mean power of what passed that. A percentile is the value at the nearest place.
 * Skipped as `shortTermLoudness` is, and for silence.
 */
export function loudnessRange(waveform: Waveform): Outcome<number> {
  const shortTerm = shortTermLoudness(waveform);
  if (shortTerm.status !== 'ok') return shortTerm;
  const heard = shortTerm.value.filter((lufs) => lufs > absoluteGateLufs);
  if (heard.length === 0) return skipped(`silence: no 3 s are louder than ${absoluteGateLufs} LUFS`);
  const meanPower = heard.reduce((sum, lufs) => sum + 10 ** (lufs / 10), 0) / heard.length;
  const gateLufs = 10 * Math.log10(meanPower) + relativeGateLu;
  const sorted = heard.filter((lufs) => lufs > gateLufs).sort();
  const at = (share: number): number => sorted[roundHalfToEven((sorted.length - 1) * share)]!;
  return ok(at(0.95) - at(0.1));
}
