import type { Waveform } from '../../core/waveform.js';
import { eachChannel } from './each-channel.js';

/** The first `seconds` over and over, to the sound's own length. */
export function repeatStart(sound: Waveform, { seconds }: { readonly seconds: number }): Waveform {
  return eachChannel(sound, (samples) => {
    const period = Math.max(1, Math.min(samples.length, Math.round(seconds * sound.sampleRateHz)));
    return Float32Array.from(samples, (_, index) => samples[index % period]!);
  });
}
