import type { ResamplerName, SoundStep } from '../core/protocol.js';
import { quantisedToInt16 } from '../dsp/clap-sound.js';
import { withoutMean } from '../dsp/dc-removal.js';
import { toMono } from '../dsp/mono.js';
import { roundedToPcm16 } from '../dsp/pcm16-rounding.js';
import { dividedByMaximum, scaledToPeak } from '../dsp/peak-level.js';
import { createResampler, type Resampler, type ResamplerKind } from '../dsp/resample.js';
import { paddedWithZeros } from '../dsp/zero-padding.js';

export interface Rates {
  readonly fromHz: number;
  readonly toHz: number;
}

/** The channels after one step; all but the matching of loudness, which is a gain that its caller holds. */
export function applySoundStep(
  channels: readonly Float32Array[],
  step: Exclude<SoundStep, { step: 'match-loudness' }>,
  rates: Rates,
): readonly Float32Array[] {
  switch (step.step) {
    case 'channels':
      return step.keep === 'mean' ? [toMono({ sampleRateHz: rates.fromHz, channels })] : channels.slice(0, 1);
    case 'subtract-mean':
      return withoutMean(channels);
    case 'resample': {
      const resampler = resamplerFor(rates, step.resampler);
      return channels.map((samples) => resampler.process(samples));
    }
    case 'round-to-int16':
      return channels.map(step.by === 'nearest-32768' ? roundedToPcm16 : quantisedToInt16);
    case 'scale-to-peak':
      return scaledToPeak(channels, step.decibels);
    case 'divide-by-maximum':
      return dividedByMaximum(channels, step.atLeast);
    case 'pad-with-zeros':
      return channels.map((samples) => paddedWithZeros(samples, step.toSamples));
  }
}

const resamplerKinds: Readonly<Record<ResamplerName, ResamplerKind>> = {
  'torchaudio-hann': 'torchaudioHann',
  'torchaudio-hann-float32': 'torchaudioHannFloat32',
  'torchaudio-kaiser-best': 'kaiserBest',
  julius: 'juliusFrac',
  'resampy-kaiser-best': 'resampyKaiserBest',
  'resampy-0.2-kaiser-best': 'resampy02KaiserBest',
  'soxr-hq': 'soxrHq',
};

// Kernels cost more to build than to use on a short clip; there are few pairs of rates in a run.
const resamplers = new Map<string, Resampler>();

function resamplerFor({ fromHz, toHz }: Rates, name: ResamplerName): Resampler {
  const key = `${fromHz} ${toHz} ${name}`;
  const known = resamplers.get(key) ?? createResampler({ fromHz, toHz, kind: resamplerKinds[name] });
  resamplers.set(key, known);
  return known;
}
