import type { Waveform } from '../core/waveform.js';

/** y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] - a1 y[n-1] - a2 y[n-2]. */
export interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** Below this rate the shelf's corner comes too near to the Nyquist frequency for the filter to mean anything. */
export const lowestKWeightingRateHz = 8000;

// Analogue prototypes behind the 48 kHz coefficients of ITU-R BS.1770-4, annex 1, tables 1 and 2, solved from them by
// the inverse bilinear transform (published by Brecht De Man, "Evaluation of implementations of the EBU R128 loudness
// measurement", AES 145, 2018): at 48 kHz they give the tables back to the last printed digit.
const shelf = {
  hz: 1681.974450955533,
  q: 0.7071752369554196,
  gainDb: 3.999843853973347,
  midExponent: 0.4996667741545416,
};
const highPass = { hz: 38.13547087602444, q: 0.5003270373238773 };

/** The two stages of the K filter for any sampling rate: high shelf, then high-pass with numerator 1, -2, 1. */
export function kWeightingFilter(sampleRateHz: number): readonly [shelf: Biquad, highPass: Biquad] {
  return [shelfBiquad(sampleRateHz), highPassBiquad(sampleRateHz)];
}

function shelfBiquad(sampleRateHz: number): Biquad {
  const k = Math.tan((Math.PI * shelf.hz) / sampleRateHz);
  const high = 10 ** (shelf.gainDb / 20);
  const middle = high ** shelf.midExponent;
  const scale = 1 + k / shelf.q + k * k;
  return {
    b0: (high + (middle * k) / shelf.q + k * k) / scale,
    b1: (2 * (k * k - high)) / scale,
    b2: (high - (middle * k) / shelf.q + k * k) / scale,
    a1: (2 * (k * k - 1)) / scale,
    a2: (1 - k / shelf.q + k * k) / scale,
  };
}

function highPassBiquad(sampleRateHz: number): Biquad {
  const k = Math.tan((Math.PI * highPass.hz) / sampleRateHz);
  const scale = 1 + k / highPass.q + k * k;
  return { b0: 1, b1: -2, b2: 1, a1: (2 * (k * k - 1)) / scale, a2: (1 - k / highPass.q + k * k) / scale };
}

/** BS.1770-4 table 3 by channel count, in the order L R C LFE Ls Rs; four channels are L R Ls Rs, five have no LFE. */
const channelWeights: readonly (readonly number[])[] = [
  [],
  [1],
  [1, 1],
  [1, 1, 1],
  [1, 1, 1.41, 1.41],
  [1, 1, 1, 1.41, 1.41],
  [1, 1, 1, 0, 1.41, 1.41],
];

/** Weights of the channels' powers, or undefined for a layout that the standard doesn't name. */
export function loudnessChannelWeights(channelCount: number): readonly number[] | undefined {
  return channelCount === 0 ? undefined : channelWeights[channelCount];
}

export interface PowerWindows {
  /** Ascending, from 0. */
  readonly starts: readonly number[];
  readonly windowSamples: number;
}

/**
 * The channel-weighted mean square of the K-filtered waveform in each window: the sum of G_i z_i of BS.1770-4.
 * The filter runs once through the whole sound; windows may overlap, and share the cells between their edges.
 */
export function kWeightedPowers(waveform: Waveform, { starts, windowSamples }: PowerWindows): Float64Array {
  const edges = [...new Set([...starts, ...starts.map((start) => start + windowSamples)])].sort((a, b) => a - b);
  const filter = kWeightingFilter(waveform.sampleRateHz);
  const weights = loudnessChannelWeights(waveform.channels.length) ?? [];
  const energy = new Float64Array(edges.length);
  weights.forEach((weight, channel) => {
    if (weight > 0) addCellEnergies({ samples: waveform.channels[channel]!, filter, edges, weight }, energy);
  });
  const cellOf = new Map(edges.map((edge, cell) => [edge, cell]));
  return Float64Array.from(starts, (start) => {
    const cells = energy.subarray(cellOf.get(start), cellOf.get(start + windowSamples));
    return cells.reduce((sum, value) => sum + value, 0) / windowSamples;
  });
}

interface ChannelPass {
  readonly samples: Float32Array;
  readonly filter: readonly [Biquad, Biquad];
  readonly edges: readonly number[];
  readonly weight: number;
}

/** Adds the energy between edge k and edge k + 1 to `energy[k]`. Both stages in transposed direct form II. */
function addCellEnergies({ samples, filter: [p, q], edges, weight }: ChannelPass, energy: Float64Array): void {
  let [p1, p2, q1, q2] = [0, 0, 0, 0];
  for (let cell = 0; cell + 1 < edges.length; cell++) {
    const end = edges[cell + 1]!;
    let sum = 0;
    for (let index = edges[cell]!; index < end; index++) {
      const input = samples[index]!;
      const shelved = p.b0 * input + p1;
      p1 = p.b1 * input - p.a1 * shelved + p2;
      p2 = p.b2 * input - p.a2 * shelved;
      const output = q.b0 * shelved + q1;
      q1 = q.b1 * shelved - q.a1 * output + q2;
      q2 = q.b2 * shelved - q.a2 * output;
      sum += output * output;
    }
    energy[cell]! += weight * sum;
    [p1, p2, q1, q2] = [withoutTrace(p1), withoutTrace(p2), withoutTrace(q1), withoutTrace(q2)];
  }
}

/** In digital silence the filter's memory would shrink into subnormal numbers, which are very slow, and stay there. */
function withoutTrace(state: number): number {
  return Math.abs(state) < 1e-30 ? 0 : state;
}
