/** Sound in memory: 32-bit float samples, nominally in [-1, 1], one array of equal length a channel. */
export interface Waveform {
  readonly sampleRateHz: number;
  readonly channels: readonly Float32Array[];
}

export function lengthOf(waveform: Waveform): number {
  return waveform.channels[0]?.length ?? 0;
}

export function durationSecondsOf(waveform: Waveform): number {
  return lengthOf(waveform) / waveform.sampleRateHz;
}
