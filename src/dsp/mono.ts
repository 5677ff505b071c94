import { lengthOf, type Waveform } from '../core/waveform.js';

/** The mean of all channels, as a new array; empty for a waveform without channels. */
export function toMono({ channels }: Waveform): Float32Array {
  const [first, ...others] = channels;
  if (first === undefined) return new Float32Array(0);
  if (others.length === 0) return first.slice();
  const [second, ...more] = others;
  const mono = new Float32Array(first.length);
  // Plain loops, and one of its own for stereo: `from` with a callback takes fifty times as long.
  if (second !== undefined && more.length === 0) {
    for (let index = 0; index < mono.length; index++) mono[index] = (first[index]! + second[index]!) / 2;
    return mono;
  }
  const sum = new Float64Array(first);
  for (const channel of others) {
    for (let index = 0; index < sum.length; index++) sum[index]! += channel[index]!;
  }
  for (let index = 0; index < sum.length; index++) mono[index] = sum[index]! / channels.length;
  return mono;
}

export interface Section {
  readonly startSeconds: number;
  /** Left out: to the end. */
  readonly durationSeconds?: number;
}

/** A copy of a part of the waveform, from the nearest sample on; what lies outside the waveform is left out, not padded. */
export function sliceWaveform(waveform: Waveform, { startSeconds, durationSeconds }: Section): Waveform {
  const { sampleRateHz, channels } = waveform;
  const start = Math.max(0, Math.round(startSeconds * sampleRateHz));
  const length = durationSeconds === undefined ? lengthOf(waveform) : Math.round(durationSeconds * sampleRateHz);
  return { sampleRateHz, channels: channels.map((channel) => channel.slice(start, Math.max(start, start + length))) };
}

/** Where the first NaN or infinity stands, searched channel by channel. */
export function firstNonFinite({ channels }: Waveform): { channel: number; sample: number } | undefined {
  for (const [channel, samples] of channels.entries()) {
    const sample = firstNonFiniteIndex(samples);
    if (sample >= 0) return { channel, sample };
  }
  return undefined;
}

/** Index of the first NaN or infinity, -1 where there is none, as `indexOf` has it. */
export function firstNonFiniteIndex(samples: Float32Array): number {
  // A number less itself is 0 unless it is NaN or infinite, and stays one in a sum: whole blocks are cleared at once.
  for (let from = 0; from < samples.length; from += 4096) {
    const end = Math.min(samples.length, from + 4096);
    let sum = 0;
    for (let index = from; index < end; index++) sum += samples[index]! - samples[index]!;
    if (sum === 0) continue;
    for (let index = from; index < end; index++) if (!Number.isFinite(samples[index])) return index;
  }
  return -1;
}

/** The largest magnitude of any sample; 0 for an empty waveform. */
export function peakOf({ channels }: Waveform): number {
  let peak = 0;
  for (const samples of channels) {
    for (let index = 0; index < samples.length; index++) peak = Math.max(peak, Math.abs(samples[index]!));
  }
  return peak;
}
