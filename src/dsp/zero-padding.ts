/** The samples with zeros behind them up to `toSamples`; what is as long already is handed back itself. */
export function paddedWithZeros(samples: Float32Array, toSamples: number): Float32Array {
  if (samples.length >= toSamples) return samples;
  const padded = new Float32Array(toSamples);
  padded.set(samples);
  return padded;
}
