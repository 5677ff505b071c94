import { streamKey, uniformAt } from '../../src/core/uniform-stream.js';

const sampleRateHz = 32_000;
const key = streamKey('noise', 5);
const noise = (index: number): number => 2 * uniformAt(key, index) - 1;
const sine = (hz: number, index: number): number => Math.sin((2 * Math.PI * hz * index) / sampleRateHz);

const formulas: Readonly<Record<string, (index: number) => number>> = {
  sine1k_half: (index) => 0.5 * sine(1000, index),
  sine60: (index) => 0.3 * sine(60, index),
  noise_tenth: (index) => 0.1 * noise(index),
  noise_three: (index) => 3 * noise(index),
  burst: (index) => (index < 22_400 ? 0.5 : 0.0005) * noise(index),
  quiet: (index) => 0.002 * noise(index),
  short_0p3s: (index) => 0.1 * noise(index),
};

/** A sound of test/fixtures/vidmuse/loudness.json, which gives the formulas in words. */
export function goldenSound(name: string, samples: number): Float32Array {
  return Float32Array.from({ length: samples }, (_, index) => formulas[name]!(index));
}
