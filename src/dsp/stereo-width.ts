import { type Outcome, ok, skipped } from '../core/outcome.js';
import type { Waveform } from '../core/waveform.js';

/**
 * Energy of the side signal (L - R) / 2 as a share of side and mid (L + R) / 2 together: 0 where both channels are the same or there is one,
 * 0.5 where they have nothing to do with each other or one is silent, 1 where one is the other turned round. Skipped: more than two
 * channels, silence.
 */
export function stereoWidth({ channels }: Waveform): Outcome<number> {
  if (channels.length > 2) return skipped(`stereo width is defined for one or two channels, got ${channels.length}`);
  const [left, right = left] = channels;
  let mid = 0;
  let side = 0;
  for (let index = 0; index < (left?.length ?? 0); index++) {
    mid += (left![index]! + right![index]!) ** 2;
    side += (left![index]! - right![index]!) ** 2;
  }
  return mid + side === 0 ? skipped('digital silence has no width') : ok(side / (mid + side));
}
