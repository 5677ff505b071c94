import type { Waveform } from '../core/waveform.js';

/** The rate at which the baselines make sound: that of EnCodec and of the models built on it (Copet et al. 2023, arXiv:2306.05284). */
export const baselineSampleRateHz = 32_000;

/** At least one sample, so that a clip of a single frame still yields a valid file. */
export function sampleCountOf(durationSeconds: number, sampleRateHz: number = baselineSampleRateHz): number {
  return Math.max(1, Math.round(durationSeconds * sampleRateHz));
}

/** A one-channel waveform at the baselines' rate around `samples`. */
export function monoWaveform(samples: Float32Array): Waveform {
  return { sampleRateHz: baselineSampleRateHz, channels: [samples] };
}
