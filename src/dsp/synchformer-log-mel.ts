import { createRealFft } from './fft.js';
import { applyMelFilterbank } from './mel-filterbank.js';
import { reflected } from './reflected.js';
import { torchaudioMelFilterbank } from './torchaudio-mel-filterbank.js';
import { periodicHann } from './window.js';

/** Constants of Synchformer (Iashin et al. 2024, arXiv:2401.16423) as av-benchmark 050a5cd uses it (extract.py, extraction_models.py). */
export const synchformerFrontEnd = {
  sampleRateHz: 16_000,
  fftSize: 1024,
  windowSamples: 400,
  hopSamples: 160,
  melBands: 128,
  /** A segment is 0.64 s, and the next begins half a segment later. */
  segmentSamples: 10_240,
  stepSamples: 5120,
  /** A segment has 65 frames; the last is none of the sound's. */
  frames: 66,
} as const;

const { sampleRateHz, fftSize, windowSamples, hopSamples, melBands, segmentSamples, stepSamples, frames } =
  synchformerFrontEnd;
const bins = fftSize / 2 + 1;
const soundFrames = 1 + segmentSamples / hopSamples;
const logOffset = 1e-6;
const mean = -4.2677393;
const deviation = 4.5689974;

/** The segments of mono sound at 16 kHz in order, each 0.64 s; an incomplete one at the end is dropped. */
export function synchformerSegments(mono: Float32Array): readonly Float32Array[] {
  const count = Math.max(0, Math.floor((mono.length - segmentSamples) / stepSamples) + 1);
  return Array.from({ length: count }, (_, index) =>
    mono.subarray(index * stepSamples, index * stepSamples + segmentSamples),
  );
}

/**
 * Normalised log-mel spectrogram of one segment, frame-major [66, 128]. Periodic Hann of 400 in the middle of 1024, the segment mirrored at
 * its ends, power, HTK mels without norm, ln(x + 1e-6); a frame of zeros is put behind the 65 before (x - mean) / (2 deviation). Throws a
 * RangeError for another length than 10240 samples.
 */
export function synchformerLogMel(segment: Float32Array): Float32Array {
  if (segment.length !== segmentSamples)
    throw new RangeError(`a segment has ${segmentSamples} samples, got ${segment.length}`);
  const data = new Float32Array(frames * melBands).fill(normalised(0));
  const filterbank = torchaudioMelFilterbank({
    ...{ sampleRateHz, fftSize, bandCount: melBands, minHz: 0, maxHz: sampleRateHz / 2 },
  });
  const [fft, window] = [createRealFft(fftSize), periodicHann(windowSamples)];
  const framed = new Float64Array(fftSize);
  const [re, im] = [new Float64Array(bins), new Float64Array(bins)];
  const mels = new Float64Array(melBands);
  const edge = (fftSize - windowSamples) / 2;
  for (let frame = 0; frame < soundFrames; frame++) {
    const start = frame * hopSamples - windowSamples / 2;
    for (let n = 0; n < windowSamples; n++) framed[edge + n] = window[n]! * reflected(segment, start + n);
    fft.transform(framed, re, im);
    for (let bin = 0; bin < bins; bin++) re[bin] = re[bin]! * re[bin]! + im[bin]! * im[bin]!;
    applyMelFilterbank(filterbank, re, mels);
    for (let band = 0; band < melBands; band++)
      data[frame * melBands + band] = normalised(Math.log(mels[band]! + logOffset));
  }
  return data;
}

function normalised(logPower: number): number {
  return (logPower - mean) / (2 * deviation);
}
