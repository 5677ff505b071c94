import type { Waveform } from '../../core/waveform.js';
import { eachChannel } from './each-channel.js';

/** Turns the sound up by `gainDb` against its own largest sample and cuts off what is above that sample: hard clipping at an unchanged peak. */
export function clipPeaks(sound: Waveform, { gainDb }: { readonly gainDb: number }): Waveform {
  const peak = sound.channels.reduce(
    (most, samples) => samples.reduce((inner, sample) => Math.max(inner, Math.abs(sample)), most),
    0,
  );
  const gain = 10 ** (gainDb / 20);
  return eachChannel(sound, (samples) => samples.map((sample) => Math.max(-peak, Math.min(peak, gain * sample))));
}
