import type { Waveform } from '../../core/waveform.js';

/** The same change on every channel; the rate stays. */
export function eachChannel(sound: Waveform, change: (samples: Float32Array) => Float32Array): Waveform {
  return { sampleRateHz: sound.sampleRateHz, channels: sound.channels.map(change) };
}
