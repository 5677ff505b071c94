/**
 * Samples as they are after a file of 16-bit PCM: the nearest multiple of 1/32768, ties upwards, held within -1 and 32767/32768. So fadtk
 * reads what it has written (fadtk/model_loader.py, `load_wav`, divides by 32768).
 */
export function roundedToPcm16(samples: Float32Array): Float32Array {
  return samples.map((sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))) / 32_768);
}
