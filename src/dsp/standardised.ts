/** Added to the variance, so that silence stays silence. */
const epsilon = 1e-7;

/**
 * Sound with mean 0 and variance 1, (x - mean) / sqrt(variance + 1e-7), sums in float64 (transformers 4.46.3,
 * models/wav2vec2/feature_extraction_wav2vec2.py, `zero_mean_unit_var_norm`).
 */
export function standardised(samples: Float32Array): Float32Array {
  let sum = 0;
  for (let index = 0; index < samples.length; index++) sum += samples[index]!;
  const mean = sum / samples.length;
  let squares = 0;
  for (let index = 0; index < samples.length; index++) squares += (samples[index]! - mean) ** 2;
  const deviation = Math.sqrt(squares / samples.length + epsilon);
  const out = new Float32Array(samples.length);
  for (let index = 0; index < samples.length; index++) out[index] = (samples[index]! - mean) / deviation;
  return out;
}
