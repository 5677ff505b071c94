import type { Waveform } from '../core/waveform.js';

/** The largest distance of any channel's mean from 0, as a share of full scale; 0 for sound without samples. */
export function dcOffset({ channels }: Waveform): number {
  return channels.reduce((largest, channel) => Math.max(largest, Math.abs(meanOf(channel))), 0);
}

function meanOf(channel: Float32Array): number {
  if (channel.length === 0) return 0;
  let sum = 0;
  for (let index = 0; index < channel.length; index++) sum += channel[index]!;
  return sum / channel.length;
}
