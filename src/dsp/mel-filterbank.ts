/** One triangular filter, without its zeros: `weights[k]` belongs to spectrum bin `firstBin + k`. */
export interface MelBand {
  readonly firstBin: number;
  readonly weights: Float64Array;
}

export interface MelFilterbank {
  readonly bands: readonly MelBand[];
}

export interface MelFilterbankOptions {
  readonly sampleRateHz: number;
  readonly fftSize: number;
  readonly bandCount: number;
  readonly minHz: number;
  readonly maxHz: number;
}

// The Slaney scale (Auditory Toolbox, 1998): linear to 1 kHz, then 27 steps for each factor of 6.4.
const hzPerMel = 200 / 3;
const breakHz = 1000;
const breakMel = breakHz / hzPerMel;
const logStep = Math.log(6.4) / 27;

/** Frequency on the Slaney mel scale. */
export function slaneyMelFromHz(hz: number): number {
  return hz < breakHz ? hz / hzPerMel : breakMel + Math.log(hz / breakHz) / logStep;
}

/** Inverse of `slaneyMelFromHz`. */
export function hzFromSlaneyMel(mel: number): number {
  return mel < breakMel ? mel * hzPerMel : breakHz * Math.exp(logStep * (mel - breakMel));
}

/**
 * Triangular filters whose corners lie at equal steps of the Slaney mel scale, each scaled to unit area in hertz
 * (`2 / (upper - lower)`, the "slaney" norm). Same values as `librosa.filters.mel(htk=False, norm='slaney')`,
 * in float64. A band that is narrower than a bin can have no weights; its energy is then 0.
 */
export function slaneyMelFilterbank(options: MelFilterbankOptions): MelFilterbank {
  const cornersHz = cornerFrequencies(options);
  const bands: MelBand[] = [];
  for (let band = 0; band < options.bandCount; band++) {
    const [lowerHz, centreHz, upperHz] = cornersHz.subarray(band, band + 3) as unknown as [number, number, number];
    bands.push(triangle({ lowerHz, centreHz, upperHz }, options));
  }
  return { bands };
}

/** Energy in each band: `bands.length` values from `fftSize / 2 + 1` spectrum values. */
export function applyMelFilterbank(filterbank: MelFilterbank, spectrum: Float64Array, out: Float64Array): void {
  filterbank.bands.forEach(({ firstBin, weights }, band) => {
    let sum = 0;
    for (let k = 0; k < weights.length; k++) sum += weights[k]! * spectrum[firstBin + k]!;
    out[band] = sum;
  });
}

function cornerFrequencies({ bandCount, minHz, maxHz }: MelFilterbankOptions): Float64Array {
  const minMel = slaneyMelFromHz(minHz);
  const step = (slaneyMelFromHz(maxHz) - minMel) / (bandCount + 1);
  return Float64Array.from({ length: bandCount + 2 }, (_, corner) => hzFromSlaneyMel(minMel + corner * step));
}

interface Triangle {
  readonly lowerHz: number;
  readonly centreHz: number;
  readonly upperHz: number;
}

function triangle({ lowerHz, centreHz, upperHz }: Triangle, options: MelFilterbankOptions): MelBand {
  const binHz = options.sampleRateHz / options.fftSize;
  const firstBin = Math.max(0, Math.floor(lowerHz / binHz) + 1);
  const lastBin = Math.min(options.fftSize / 2, Math.ceil(upperHz / binHz) - 1);
  const area = 2 / (upperHz - lowerHz);
  const weights = Float64Array.from({ length: Math.max(0, lastBin - firstBin + 1) }, (_, k) => {
    const hz = (firstBin + k) * binHz;
    return area * Math.min((hz - lowerHz) / (centreHz - lowerHz), (upperHz - hz) / (upperHz - centreHz));
  });
  return { firstBin, weights };
}
