import type { Waveform } from '../../core/waveform.js';
import { eachChannel } from './each-channel.js';

/** Moves the sound later by `seconds`; what leaves at the end comes in at the start, so that nothing is lost but the time. */
export function shiftInTime(sound: Waveform, { seconds }: { readonly seconds: number }): Waveform {
  return eachChannel(sound, (samples) => {
    const length = samples.length;
    if (length === 0) return samples;
    const by = ((Math.round(seconds * sound.sampleRateHz) % length) + length) % length;
    const out = new Float32Array(length);
    out.set(samples.subarray(length - by), 0);
    out.set(samples.subarray(0, length - by), by);
    return out;
  });
}
