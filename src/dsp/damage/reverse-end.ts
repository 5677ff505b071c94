import type { Waveform } from '../../core/waveform.js';
import { eachChannel } from './each-channel.js';

/** Plays the last `share` of the sound backwards. */
export function reverseEnd(sound: Waveform, { share }: { readonly share: number }): Waveform {
  return eachChannel(sound, (samples) => {
    const from = Math.round((1 - share) * samples.length);
    const out = samples.slice();
    out.subarray(from).reverse();
    return out;
  });
}
