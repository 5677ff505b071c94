import { createRealFft } from './fft.js';
import { periodicHann } from './window.js';

/** The rate that landmarks are found at: what is above 4 kHz tells recordings apart, not music. */
export const landmarkRateHz = 8000;
/** Time between two frames of the spectrogram, 32 ms. */
export const landmarkFrameSeconds: number = 256 / landmarkRateHz;

const windowLength = 1024;
const hopLength = 256;
const binCount = windowLength / 2;
/** A peak is the loudest within so many bins and frames of itself. */
const peakReach = { bins: 8, frames: 3 };
/** Peaks this far below the loudest of the sound are noise, or what a codec leaves. */
const dynamicRangeDb = 60;
/** Each peak is paired with the next few within 2 s and 64 bins. */
const pairing = { count: 5, frames: 63, bins: 63 };

/**
 * Pairs of spectral peaks, which survive codecs, gain, noise and cuts (Wang, "An industrial-strength audio search algorithm",
 * ISMIR 2003); not changes of tempo or pitch. Entry k is a pair of peaks: `keys` holds their two frequencies and the time
 * between them, `frames` when the first one sounds.
 */
export interface Landmarks {
  readonly keys: Int32Array;
  readonly frames: Int32Array;
  readonly durationSeconds: number;
}

/** Landmarks of mono sound at `landmarkRateHz`. Silence and sound shorter than 128 ms have none. */
export function findLandmarks(mono: Float32Array): Landmarks {
  const peaks = peaksOf(levelsOf(mono));
  const keys: number[] = [];
  const frames: number[] = [];
  for (let first = 0; first < peaks.length; first++) {
    const { frame, bin } = peaks[first]!;
    let taken = 0;
    for (let second = first + 1; second < peaks.length && taken < pairing.count; second++) {
      const other = peaks[second]!;
      const later = other.frame - frame;
      if (later > pairing.frames) break;
      const higher = other.bin - bin;
      if (later === 0 || Math.abs(higher) > pairing.bins) continue;
      keys.push((bin << 13) | ((higher + 64) << 6) | later);
      frames.push(frame);
      taken += 1;
    }
  }
  return {
    keys: Int32Array.from(keys),
    frames: Int32Array.from(frames),
    durationSeconds: mono.length / landmarkRateHz,
  };
}

interface Levels {
  /** Decibels, frame by frame. */
  readonly values: Float32Array;
  readonly frameCount: number;
}

function levelsOf(mono: Float32Array): Levels {
  const frameCount = Math.max(0, 1 + Math.floor((mono.length - windowLength) / hopLength));
  const values = new Float32Array(frameCount * binCount);
  const fft = createRealFft(windowLength);
  const window = periodicHann(windowLength);
  const input = new Float64Array(windowLength);
  const [re, im] = [new Float64Array(binCount + 1), new Float64Array(binCount + 1)];
  for (let frame = 0; frame < frameCount; frame++) {
    for (let at = 0; at < windowLength; at++) input[at] = mono[frame * hopLength + at]! * window[at]!;
    fft.transform(input, re, im);
    for (let bin = 0; bin < binCount; bin++)
      values[frame * binCount + bin] = 10 * Math.log10(re[bin]! ** 2 + im[bin]! ** 2 + 1e-20);
  }
  return { values, frameCount };
}

interface Peak {
  readonly frame: number;
  readonly bin: number;
}

/** In order of time, then of frequency. */
function peaksOf({ values, frameCount }: Levels): Peak[] {
  const floorDb = values.reduce((most, value) => Math.max(most, value), -200) - dynamicRangeDb;
  const acrossBins = slidingMaximum(values, { frameCount, reach: peakReach.bins });
  const peaks: Peak[] = [];
  for (let frame = 0; frame < frameCount; frame++) {
    for (let bin = 2; bin < binCount; bin++) {
      const value = values[frame * binCount + bin]!;
      if (value <= floorDb || value < acrossBins[frame * binCount + bin]!) continue;
      if (isLoudestInTime(acrossBins, { frame, bin, frameCount, value })) peaks.push({ frame, bin });
    }
  }
  return peaks;
}

function slidingMaximum(
  values: Float32Array,
  { frameCount, reach }: { readonly frameCount: number; readonly reach: number },
): Float32Array {
  const most = new Float32Array(values.length);
  for (let frame = 0; frame < frameCount; frame++) {
    const row = values.subarray(frame * binCount, (frame + 1) * binCount);
    for (let bin = 0; bin < binCount; bin++) {
      let best = row[bin]!;
      const end = Math.min(binCount - 1, bin + reach);
      for (let near = Math.max(0, bin - reach); near <= end; near++) if (row[near]! > best) best = row[near]!;
      most[frame * binCount + bin] = best;
    }
  }
  return most;
}

/** Of equally loud frames, as in a steady tone, the first counts. */
function isLoudestInTime(
  acrossBins: Float32Array,
  { frame, bin, frameCount, value }: Peak & { readonly frameCount: number; readonly value: number },
): boolean {
  for (
    let near = Math.max(0, frame - peakReach.frames);
    near <= Math.min(frameCount - 1, frame + peakReach.frames);
    near++
  ) {
    const other = acrossBins[near * binCount + bin]!;
    if (near < frame ? other >= value : near > frame && other > value) return false;
  }
  return true;
}
