import type { Waveform } from '../core/waveform.js';
import { float32Sum } from './float32-sum.js';
import { kaldiFbank, kaldiFrontEnd } from './kaldi-fbank.js';

const { sampleRateHz, melBands, windowSamples } = kaldiFrontEnd;
const clipSeconds = 2;
const clipCount = 3;
const clipSamples = clipSeconds * sampleRateHz;
/** Frames that the network sees of each clip; 2 s give 198, the rest is filled up. */
const frames = 204;
const mean = -4.268;
const deviation = 9.138;

/** The shortest sound that has a frame. */
export const imagebindShortestSamples: number = windowSamples;

/** Three clips of a sound as the network takes them: [3, 1, 128, 204]. */
export interface ImagebindSound {
  readonly dims: readonly [number, 1, number, number];
  readonly data: Float32Array;
}

/**
 * Three clips of 2 s at the beginning, the middle and the end of a sound at 16 kHz (imagebind/data.py, `load_and_transform_audio_data`).
 * Each clip loses the mean of all its channels in place, so overlapping clips of short sound lose it more than once; then the first
 * channel's log-mel energies are filled up with zeros to 204 frames and normalised. Throws a RangeError for less than 25 ms.
 */
export function imagebindSound({ sampleRateHz: rate, channels }: Waveform): ImagebindSound {
  if (rate !== sampleRateHz) throw new RangeError(`ImageBind takes ${sampleRateHz} Hz, got ${rate}`);
  const own = channels.map((samples) => samples.slice());
  const data = new Float32Array(clipCount * melBands * frames);
  clipStarts(own[0]!.length).forEach((start, clip) => {
    const slices = own.map((samples) => samples.subarray(start, start + clipSamples));
    subtractMean(slices);
    const { rows, data: energies } = kaldiFbank(slices[0]!);
    if (rows === 0) throw new RangeError(`a clip needs ${windowSamples} samples, got ${slices[0]!.length}`);
    for (let band = 0; band < melBands; band++) {
      for (let frame = 0; frame < frames; frame++) {
        const energy = frame < rows ? energies[frame * melBands + band]! : 0;
        data[(clip * melBands + band) * frames + frame] = (energy - mean) / deviation;
      }
    }
  });
  return { dims: [clipCount, 1, melBands, frames], data };
}

/**
 * First samples of the clips: the time of each is an exact fraction of the last possible start, and is cut to a sample, so the length in
 * seconds may be one rounding short of a whole sample (10.7 s: 139199, not 139200).
 */
export function clipStarts(samples: number): readonly number[] {
  const lastStart = Math.max(0, samples / sampleRateHz - clipSeconds);
  // A difference of doubles from 2 up is a whole number of 2^-51 s.
  const exact = BigInt(lastStart * 2 ** 51) * BigInt(sampleRateHz);
  return Array.from({ length: clipCount }, (_, clip) =>
    Number((exact * BigInt(clip)) / (BigInt(clipCount - 1) << 51n)),
  );
}

function subtractMean(channels: readonly Float32Array[]): void {
  const sum = channels.reduce((total, samples) => Math.fround(total + float32Sum(samples)), 0);
  const average = Math.fround(sum / (channels.length * channels[0]!.length));
  for (const samples of channels) for (let n = 0; n < samples.length; n++) samples[n] = samples[n]! - average;
}
