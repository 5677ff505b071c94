import type { Waveform } from '../core/waveform.js';
import { gainToLoudness } from '../dsp/loudness.js';

/** EBU R 128 programme loudness. */
export const programmeLufs = -23;

/** Leaves room for the peaks between samples. */
const highestPeak = 0.9;

/**
 * The music at `programmeLufs`, or as near to it as its peaks allow. Sound whose loudness cannot be measured (shorter than
 * 400 ms, or silent) stays as it is.
 */
export function atProgrammeLoudness(waveform: Waveform): Waveform {
  const wanted = gainToLoudness(waveform, programmeLufs);
  if (wanted.status !== 'ok') return waveform;
  const gain = Math.min(wanted.value, highestPeak / peakOf(waveform));
  return { ...waveform, channels: waveform.channels.map((channel) => channel.map((sample) => sample * gain)) };
}

function peakOf(waveform: Waveform): number {
  let peak = 0;
  for (const channel of waveform.channels) for (const sample of channel) peak = Math.max(peak, Math.abs(sample));
  return peak;
}
