/** New channels less the one mean over all their samples, summed in float64; what has no samples stays empty. */
export function withoutMean(channels: readonly Float32Array[]): Float32Array[] {
  let sum = 0;
  let count = 0;
  for (const samples of channels) {
    for (let index = 0; index < samples.length; index++) sum += samples[index]!;
    count += samples.length;
  }
  const mean = count === 0 ? 0 : sum / count;
  return channels.map((samples) => samples.map((sample) => sample - mean));
}
