import { lengthOf, type Waveform } from '../core/waveform.js';

/** Blocks whose root mean square is below this are silent, in dB relative to full scale. */
export const silenceLevelDb = -60;

const blockSeconds = 0.1;

/**
 * Share of the time that is silent, 0 to 1: blocks of 100 ms whose root mean square over all channels is below -60 dBFS; a rest at the end
 * is a shorter block. Sound without samples counts as silent.
 */
export function silenceShare(waveform: Waveform): number {
  const { sampleRateHz, channels } = waveform;
  const length = lengthOf(waveform);
  if (length === 0) return 1;
  const blockSamples = Math.max(1, Math.round(blockSeconds * sampleRateHz));
  const quietest = 10 ** (silenceLevelDb / 10);
  let silent = 0;
  for (let start = 0; start < length; start += blockSamples) {
    const end = Math.min(length, start + blockSamples);
    const power = channels.reduce((sum, channel) => sum + energyOf(channel.subarray(start, end)), 0);
    if (power / (channels.length * (end - start)) < quietest) silent += end - start;
  }
  return silent / length;
}

function energyOf(samples: Float32Array): number {
  let energy = 0;
  for (let index = 0; index < samples.length; index++) energy += samples[index]! * samples[index]!;
  return energy;
}
