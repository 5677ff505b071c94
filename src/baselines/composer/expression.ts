import type { Waveform } from '../../core/waveform.js';
import { energyAt, type MotionEnergy } from './motion-energy.js';

/** From the liveliest to the calmest moment: about from forte to piano. */
const dynamicRangeDb = 15;

/** The gain is computed once a block and drawn straight between. */
const blockSamples = 256;

/** Plays the music louder where the picture moves more: the gain in dB is linear in the motion energy. */
export function withDynamics(waveform: Waveform, energy: MotionEnergy): Waveform {
  return { ...waveform, channels: waveform.channels.map((channel) => shaped(channel, waveform.sampleRateHz, energy)) };
}

function shaped(channel: Float32Array, sampleRateHz: number, energy: MotionEnergy): Float32Array {
  const output = new Float32Array(channel.length);
  let gain = gainAt(energy, 0);
  for (let from = 0; from < channel.length; from += blockSamples) {
    const step = (gainAt(energy, (from + blockSamples) / sampleRateHz) - gain) / blockSamples;
    const end = Math.min(channel.length, from + blockSamples);
    for (let index = from; index < end; index++) {
      output[index] = channel[index]! * gain;
      gain += step;
    }
  }
  return output;
}

function gainAt(energy: MotionEnergy, timeSeconds: number): number {
  return 10 ** ((dynamicRangeDb * (energyAt(energy, timeSeconds) - 1)) / 20);
}
