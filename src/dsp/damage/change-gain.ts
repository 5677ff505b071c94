import type { Waveform } from '../../core/waveform.js';
import { eachChannel } from './each-channel.js';

export function changeGain(sound: Waveform, { gainDb }: { readonly gainDb: number }): Waveform {
  const gain = 10 ** (gainDb / 20);
  return eachChannel(sound, (samples) => samples.map((sample) => gain * sample));
}
