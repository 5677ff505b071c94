import type { Rng } from '../../core/rng.js';
import type { Waveform } from '../../core/waveform.js';
import { eachChannel } from './each-channel.js';

/**
 * White Gaussian noise, another stream on every channel, so much below the sound's power over its whole length. The same `rng` state gives
 * the same noise at every ratio. Silence stays silent: there is no power to set the noise against.
 */
export function addNoise(
  sound: Waveform,
  { signalToNoiseDb, rng }: { readonly signalToNoiseDb: number; readonly rng: Rng },
): Waveform {
  const noiseRms = rootMeanSquare(sound) * 10 ** (-signalToNoiseDb / 20);
  return eachChannel(sound, (samples) => samples.map((sample) => sample + noiseRms * rng.normal()));
}

/** Over all channels together. */
export function rootMeanSquare({ channels }: Waveform): number {
  let [sum, count] = [0, 0];
  for (const samples of channels) {
    for (const sample of samples) sum += sample * sample;
    count += samples.length;
  }
  return count === 0 ? 0 : Math.sqrt(sum / count);
}
