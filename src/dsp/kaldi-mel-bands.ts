import type { MelBand, MelFilterbank } from './mel-filterbank.js';

const { fround } = Math;

export interface KaldiMelOptions {
  readonly sampleRateHz: number;
  readonly fftSize: number;
  readonly bandCount: number;
  readonly minHz: number;
  readonly maxHz: number;
}

/** The HTK mel scale with Kaldi's constants. */
export function htkMel(hz: number): number {
  return 1127 * Math.log(1 + hz / 700);
}

/**
 * Triangles that are straight in mel, not in hertz, and reach 1 whatever their width; the bin of half the sampling rate belongs to
 * none (torchaudio 2.5.1, compliance/kaldi.py, `get_mel_banks`, and its callers, which append a column of zeros). Each step is rounded to
 * float32 as there: mel values of some thousands leave slopes that are off by up to 1e-5, which networks were trained with.
 */
export function kaldiMelFilterbank(options: KaldiMelOptions): MelFilterbank {
  const { sampleRateHz, fftSize, bandCount, minHz, maxHz } = options;
  const lowest = htkMel(minHz);
  const step = (htkMel(maxHz) - lowest) / (bandCount + 1);
  const melOfBin = Float32Array.from({ length: fftSize / 2 }, (_, bin) =>
    htkMelFloat32((bin * sampleRateHz) / fftSize),
  );
  const corner = (index: number): number => fround(fround(lowest) + fround(index * fround(step)));
  const bands = Array.from({ length: bandCount }, (_, band) => {
    return triangle(melOfBin, { lower: corner(band), centre: corner(band + 1), upper: corner(band + 2) });
  });
  return { bands };
}

interface Corners {
  readonly lower: number;
  readonly centre: number;
  readonly upper: number;
}

function triangle(melOfBin: Float32Array, { lower, centre, upper }: Corners): MelBand {
  const rise = fround(centre - lower);
  const fall = fround(upper - centre);
  const heights = Float64Array.from(melOfBin, (mel) =>
    Math.max(0, Math.min(fround(fround(mel - lower) / rise), fround(fround(upper - mel) / fall))),
  );
  const first = heights.findIndex((height) => height > 0);
  const firstBin = Math.max(0, first);
  return { firstBin, weights: heights.subarray(firstBin, heights.findLastIndex((height) => height > 0) + 1) };
}

function htkMelFloat32(hz: number): number {
  return fround(1127 * fround(Math.log(fround(1 + fround(hz / 700)))));
}
