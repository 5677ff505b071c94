import { htkMel } from './kaldi-mel-bands.js';
import type { MelBand, MelFilterbank, MelFilterbankOptions } from './mel-filterbank.js';

/**
 * Triangles whose corners lie at equal steps of the HTK mel scale and whose sides are straight in hertz, each with peak 1: torchaudio's
 * `melscale_fbanks` with its defaults (torchaudio 2.5.1, functional/functional.py; norm None, mel_scale 'htk'), in float64.
 */
export function torchaudioMelFilterbank(options: MelFilterbankOptions): MelFilterbank {
  const { bandCount, minHz, maxHz } = options;
  const lowest = htkMel(minHz);
  const step = (htkMel(maxHz) - lowest) / (bandCount + 1);
  const cornerHz = (corner: number): number => hzFromHtkMel(lowest + corner * step);
  return {
    bands: Array.from({ length: bandCount }, (_, band) =>
      triangle([cornerHz(band), cornerHz(band + 1), cornerHz(band + 2)], options),
    ),
  };
}

/** Inverse of `htkMel`. */
function hzFromHtkMel(mel: number): number {
  return 700 * Math.expm1(mel / 1127);
}

function triangle(
  [lowerHz, centreHz, upperHz]: readonly [number, number, number],
  { sampleRateHz, fftSize }: MelFilterbankOptions,
): MelBand {
  const binHz = sampleRateHz / fftSize;
  const firstBin = Math.max(0, Math.floor(lowerHz / binHz) + 1);
  const lastBin = Math.min(fftSize / 2, Math.ceil(upperHz / binHz) - 1);
  const weights = Float64Array.from({ length: Math.max(0, lastBin - firstBin + 1) }, (_, k) => {
    const hz = (firstBin + k) * binHz;
    return Math.min((hz - lowerHz) / (centreHz - lowerHz), (upperHz - hz) / (upperHz - centreHz));
  });
  return { firstBin, weights };
}
