import { type Outcome, ok, skipped } from '../core/outcome.js';
import type { Biquad } from './k-weighting.js';

const blockSeconds = 0.4;
const overlap = 0.75;
const absoluteGate = -70;
const relativeGate = -10;

/**
 * Loudness of mono sound as torchaudio 2.1.0 measures it (functional/functional.py, `loudness`): BS.1770's gates, but sox's filters (treble +4 dB at
 * 1500 Hz, high-pass at 38 Hz), and each filter's output cut to [-1, 1]. Skipped: shorter than 0.4 s, or silence.
 */
export function torchaudioLoudness(mono: Float32Array, sampleRateHz: number): Outcome<number> {
  const blockSamples = Math.round(blockSeconds * sampleRateHz);
  const stepSamples = Math.round(blockSamples * (1 - overlap));
  if (mono.length < blockSamples) return skipped('shorter than the 0.4 s that loudness needs');
  const filtered = cutBiquad(
    cutBiquad(Float64Array.from(mono), trebleBiquad(sampleRateHz)),
    highPassBiquad(sampleRateHz),
  );
  const powers: number[] = [];
  for (let start = 0; start + blockSamples <= filtered.length; start += stepSamples)
    powers.push(meanSquare(filtered.subarray(start, start + blockSamples)));
  const loudness = (power: number): number => -0.691 + 10 * Math.log10(power);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const heard = powers.filter((power) => loudness(power) > absoluteGate);
  if (heard.length === 0) return skipped('silence: no block passes the gate');
  const gate = loudness(mean(heard)) + relativeGate;
  return ok(loudness(mean(heard.filter((power) => loudness(power) > gate))));
}

function meanSquare(samples: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < samples.length; index++) sum += samples[index]! * samples[index]!;
  return sum / samples.length;
}

/** Sox's high shelf (torchaudio, functional/filtering.py, `treble_biquad`; gain 4 dB, Q 1 / sqrt 2). */
function trebleBiquad(sampleRateHz: number): Biquad {
  const omega = (2 * Math.PI * 1500) / sampleRateHz;
  const alpha = Math.sin(omega) / 2 / Math.SQRT1_2;
  const amplitude = Math.exp((4 / 40) * Math.LN10);
  const root = 2 * Math.sqrt(amplitude) * alpha;
  const [above, below, cosine] = [amplitude + 1, amplitude - 1, Math.cos(omega)];
  const a0 = above - below * cosine + root;
  return {
    b0: (amplitude * (above + below * cosine + root)) / a0,
    b1: (-2 * amplitude * (below + above * cosine)) / a0,
    b2: (amplitude * (above + below * cosine - root)) / a0,
    a1: (2 * (below - above * cosine)) / a0,
    a2: (above - below * cosine - root) / a0,
  };
}

/** Sox's high-pass (`highpass_biquad`; 38 Hz, Q 0.5). */
function highPassBiquad(sampleRateHz: number): Biquad {
  const omega = (2 * Math.PI * 38) / sampleRateHz;
  const alpha = Math.sin(omega) / 2 / 0.5;
  const cosine = Math.cos(omega);
  const a0 = 1 + alpha;
  const [edge, middle] = [(1 + cosine) / 2 / a0, (-1 - cosine) / a0];
  return { b0: edge, b1: middle, b2: edge, a1: (-2 * cosine) / a0, a2: (1 - alpha) / a0 };
}

/** Filters in place; what comes out is cut to full scale, what runs back into the filter is not. */
function cutBiquad(samples: Float64Array, { b0, b1, b2, a1, a2 }: Biquad): Float64Array {
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let index = 0; index < samples.length; index++) {
    const x = samples[index]!;
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, Math.abs(y) < 1e-30 ? 0 : y];
    samples[index] = Math.max(-1, Math.min(1, y));
  }
  return samples;
}
