/**
 * The sample at `index` of a sound mirrored at its first and last sample, which are not repeated (`reflect` padding of NumPy and
 * PyTorch). Good for indices up to one length beyond either end.
 */
export function reflected(samples: Float32Array, index: number): number {
  const last = samples.length - 1;
  if (index < 0) return samples[-index]!;
  return samples[index > last ? 2 * last - index : index]!;
}
