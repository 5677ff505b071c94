import type { Rng } from '../core/rng.js';

// Paul Kellet's filter from white to pink (musicdsp.org, "Pink noise filter", 1999, the refined one): one-pole low-passes
// in parallel. Additions and multiplications only, hence the same bits on every machine.
const poles = [0.99886, 0.99332, 0.969, 0.8665, 0.55, -0.7616];
const poleGains = [0.0555179, 0.0750759, 0.153852, 0.3104856, 0.5329522, -0.016898];
const directGain = 0.5362;
const delayedGain = 0.115926;

/** Brings the root mean square to about 0.1. */
const levelGain = 0.057;

/** After so many samples the slowest pole has forgotten its start from 0 (0.99886^8192 is 9e-5). */
const warmUpSamples = 8192;

export interface PinkNoiseOptions {
  readonly sampleCount: number;
  readonly rng: Rng;
}

/**
 * Noise whose power falls by 3 dB an octave (within 0.1 dB from 1/4800 of the sampling rate, 9 Hz at 44.1 kHz, to half
 * of it). Root mean square about 0.1; stationary from the first sample; one draw a sample.
 */
export function pinkNoise({ sampleCount, rng }: PinkNoiseOptions): Float32Array {
  const states = new Float64Array(poles.length);
  let previous = 0;
  const next = (): number => {
    const white = 2 * rng.next() - 1;
    let sum = directGain * white + delayedGain * previous;
    for (let branch = 0; branch < poles.length; branch++) {
      states[branch] = poles[branch]! * states[branch]! + poleGains[branch]! * white;
      sum += states[branch]!;
    }
    previous = white;
    return sum;
  };
  for (let sample = 0; sample < warmUpSamples; sample++) next();
  const noise = new Float32Array(sampleCount);
  for (let sample = 0; sample < sampleCount; sample++) noise[sample] = levelGain * next();
  return noise;
}
