/** Pitch classes of an octave. */
export const pitchClasses = 12;

export interface ChromaFilterbankOptions {
  readonly sampleRateHz: number;
  readonly fftSize: number;
}

/** Octave number of the middle of the weighting, with A0 = 27.5 Hz as 0, and its standard deviation in octaves. */
const centreOctave = 5;
const octaveWidth = 2;
const lowestAHz = 440 / 16;

/**
 * Weights that gather a power spectrum into the twelve pitch classes, C first: [12, fftSize / 2 + 1], row-major. Each bin is a Gaussian
 * over pitch classes of unit Euclidean length, as wide as the bin at least, times a Gaussian over octaves around 880 Hz. Same values as
 * `librosa.filters.chroma(tuning=0)` with its defaults (librosa 0.10, filters.py; after Ellis, "Chroma feature analysis and synthesis", 2007),
 * in float64.
 */
export function chromaFilterbank({ sampleRateHz, fftSize }: ChromaFilterbankOptions): Float64Array {
  const bins = fftSize / 2 + 1;
  const weights = new Float64Array(pitchClasses * bins);
  for (let bin = 0; bin < bins; bin++) {
    const semitone = semitoneOf(bin, { sampleRateHz, fftSize });
    const width = Math.max(1, semitoneOf(bin + 1, { sampleRateHz, fftSize }) - semitone);
    const bumps = Array.from({ length: pitchClasses }, (_, place) =>
      Math.exp(-0.5 * ((2 * semitoneDistance(semitone - place)) / width) ** 2),
    );
    const octaveWeight = Math.exp(-0.5 * ((semitone / pitchClasses - centreOctave) / octaveWidth) ** 2);
    const scale = octaveWeight / Math.hypot(...bumps);
    // Places count from A; C is three semitones above it.
    bumps.forEach((bump, place) => {
      weights[((place + pitchClasses - 3) % pitchClasses) * bins + bin] = scale * bump;
    });
  }
  return weights;
}

/** Semitones above 27.5 Hz. The bin at 0 Hz has no pitch; it is taken to lie one and a half octaves below the next, as librosa does. */
function semitoneOf(bin: number, { sampleRateHz, fftSize }: ChromaFilterbankOptions): number {
  if (bin === 0) return semitoneOf(1, { sampleRateHz, fftSize }) - 1.5 * pitchClasses;
  return pitchClasses * Math.log2((bin * sampleRateHz) / fftSize / lowestAHz);
}

/** To the nearest octave: from -6 up to, but without, 6. */
function semitoneDistance(semitones: number): number {
  const half = pitchClasses / 2;
  return ((((semitones + half) % pitchClasses) + pitchClasses) % pitchClasses) - half;
}
