import { type Outcome, ok, skipped } from '../core/outcome.js';
import { lengthOf, type Waveform } from '../core/waveform.js';
import { quantile } from '../stats/quantile.js';
import { kWeightedPowers } from './k-weighting.js';
import { absoluteGateLufs, lufsFromPower, whyUnmeasurable } from './loudness.js';

const windowSeconds = 3;
const hopSeconds = 0.1;
const relativeGateLu = -20;

/**
 * Loudness range in LU by EBU Tech 3342: short-term loudness of 3 s windows every 100 ms, gates at -70 LUFS and 20 LU below the mean power
 * of what passed the first; from the 10th to the 95th percentile. Skipped: shorter than 3 s, silence, and as `integratedLoudness` is.
 */
export function loudnessRange(waveform: Waveform): Outcome<number> {
  const refusal = whyUnmeasurable(waveform);
  if (refusal !== undefined) return refusal;
  const windowSamples = windowSeconds * waveform.sampleRateHz;
  const count = 1 + Math.floor((lengthOf(waveform) - windowSamples) / (hopSeconds * waveform.sampleRateHz));
  if (count < 1) return skipped(`shorter than the ${windowSeconds} s that a loudness range needs`);
  const starts = Array.from({ length: count }, (_, window) => Math.round(window * hopSeconds * waveform.sampleRateHz));
  const heard = kWeightedPowers(waveform, { starts, windowSamples }).filter(
    (power) => lufsFromPower(power) > absoluteGateLufs,
  );
  if (heard.length === 0) return skipped(`silence: no 3 s window is louder than ${absoluteGateLufs} LUFS`);
  const gateLufs = lufsFromPower(heard.reduce((sum, power) => sum + power, 0) / heard.length) + relativeGateLu;
  const levels = heard.map(lufsFromPower).filter((lufs) => lufs > gateLufs);
  return ok(quantile(levels, 0.95) - quantile(levels, 0.1));
}
