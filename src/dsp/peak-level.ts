/**
 * New channels with their common largest magnitude at `decibels` of full scale (pyloudnorm 0.1, normalize.py, `peak`). Digital silence has no
 * peak and stays as it is, where pyloudnorm divides by 0.
 */
export function scaledToPeak(channels: readonly Float32Array[], decibels: number): Float32Array[] {
  const peak = extreme(channels, Math.abs);
  const gain = peak === 0 ? 1 : 10 ** (decibels / 20) / peak;
  return channels.map((samples) => samples.map((sample) => sample * gain));
}

/**
 * New channels divided by their common largest sample, not magnitude, or by `atLeast` where that is larger: a clip's positive peak becomes 1, however
 * far it reaches below 0 (google-research, frechet_audio_distance/audioset_model.py, `extract_features`).
 */
export function dividedByMaximum(channels: readonly Float32Array[], atLeast: number): Float32Array[] {
  const divisor = Math.max(
    atLeast,
    extreme(channels, (sample) => sample),
  );
  return channels.map((samples) => samples.map((sample) => sample / divisor));
}

function extreme(channels: readonly Float32Array[], sizeOf: (sample: number) => number): number {
  let most = channels.every(({ length }) => length === 0) ? 0 : Number.NEGATIVE_INFINITY;
  for (const samples of channels)
    for (let index = 0; index < samples.length; index++) most = Math.max(most, sizeOf(samples[index]!));
  return most;
}
