import { failed, type Outcome, ok } from '../core/outcome.js';
import type { Protocol } from '../core/protocol.js';
import type { Waveform } from '../core/waveform.js';
import { gainToLoudness } from '../dsp/loudness.js';
import { firstNonFinite, toMono } from '../dsp/mono.js';
import { createResampler, type Resampler } from '../dsp/resample.js';

/** Raised when the preparation of sound changes; part of every feature's cache key. */
export const preparationVersion = 2;

/** One decoded sound, ready for any encoder: loudness is measured once, and each rate is resampled to once. */
export interface PreparedAudio {
  /** Mono samples at the encoder's rate. */
  forEncoder(encoder: { readonly sampleRateHz: number; readonly loudnessMatched: boolean }): Float32Array;
}

export interface PrepareOptions {
  readonly protocol: Protocol;
  /** Silence that stands before a late start: time-local encoders keep it, the tagger must not hear it. */
  readonly leadingSilenceSeconds: number;
}

/**
 * Silence, samples that are no numbers and sound too short to have a loudness never reach an encoder: they are the outcome
 * itself, so that every metric gives the same reason.
 */
export function prepareAudio(waveform: Waveform, options: PrepareOptions): Outcome<PreparedAudio> {
  const broken = firstNonFinite(waveform);
  if (broken !== undefined) {
    const seconds = (broken.sample / waveform.sampleRateHz).toFixed(3);
    return failed(
      'non-finite-samples',
      `sample ${broken.sample} of channel ${broken.channel} (at ${seconds} s) is not a finite number`,
    );
  }
  const mono: Waveform = { sampleRateHz: waveform.sampleRateHz, channels: [toMono(waveform)] };
  const gain = gainToLoudness(mono, options.protocol.loudnessLufs);
  if (gain.status !== 'ok') return gain;
  const leadingSamples = Math.round(options.leadingSilenceSeconds * waveform.sampleRateHz);
  const resampled = new Map<string, Float32Array>();
  return ok({
    forEncoder: ({ sampleRateHz, loudnessMatched }) => {
      const skip = loudnessMatched ? leadingSamples : 0;
      const key = `${sampleRateHz} ${skip}`;
      const source = mono.channels[0]!.subarray(skip);
      const samples =
        resampled.get(key) ?? resamplerFor(waveform.sampleRateHz, sampleRateHz, options.protocol).process(source);
      resampled.set(key, samples);
      // The gain comes last, so that encoders with and without it share the resampled sound.
      return loudnessMatched ? scaled(samples, gain.value) : samples;
    },
  });
}

function scaled(samples: Float32Array, gain: number): Float32Array {
  const out = new Float32Array(samples.length);
  for (let index = 0; index < samples.length; index++) out[index] = samples[index]! * gain;
  return out;
}

const resamplerKinds = { 'torchaudio-hann': 'torchaudioHann', 'kaiser-best': 'kaiserBest' } as const;

// Kernels cost more to build than to use on a short clip; there are few pairs of rates in a run.
const resamplers = new Map<string, Resampler>();

function resamplerFor(fromHz: number, toHz: number, { resampler }: Protocol): Resampler {
  const key = `${fromHz} ${toHz} ${resampler}`;
  const known = resamplers.get(key) ?? createResampler({ fromHz, toHz, kind: resamplerKinds[resampler] });
  resamplers.set(key, known);
  return known;
}
