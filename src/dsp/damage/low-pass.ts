import type { Waveform } from '../../core/waveform.js';
import { createRealFft } from '../fft.js';
import { eachChannel } from './each-channel.js';

/** From all to nothing within this share of the cut-off. */
const transition = 0.1;

/**
 * Takes away what is above `cutoffHz`: the whole signal's spectrum times a window that falls with a half cosine over a tenth of the cut-off.
 * No delay, no ripple; sound rings before and after strokes as in any steep filter. A cut-off above half the rate changes nothing.
 */
export function lowPass(sound: Waveform, { cutoffHz }: { readonly cutoffHz: number }): Waveform {
  if (cutoffHz * (1 - transition) >= sound.sampleRateHz / 2) return sound;
  return eachChannel(sound, (samples) => filtered(samples, { cutoffHz, sampleRateHz: sound.sampleRateHz }));
}

function filtered(
  samples: Float32Array,
  { cutoffHz, sampleRateHz }: { readonly cutoffHz: number; readonly sampleRateHz: number },
): Float32Array {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, samples.length)));
  const fft = createRealFft(size);
  const padded = new Float64Array(size);
  padded.set(samples);
  const re = new Float64Array(size / 2 + 1);
  const im = new Float64Array(size / 2 + 1);
  fft.transform(padded, re, im);
  for (let bin = 0; bin < re.length; bin++) {
    const gain = gainAt((bin * sampleRateHz) / size, cutoffHz);
    re[bin] = re[bin]! * gain;
    im[bin] = im[bin]! * gain;
  }
  return inverse({ fft, re, im }).subarray(0, samples.length);
}

function gainAt(frequencyHz: number, cutoffHz: number): number {
  const place = (frequencyHz / cutoffHz - (1 - transition)) / transition;
  if (place <= 0) return 1;
  return place >= 1 ? 0 : 0.5 + 0.5 * Math.cos(Math.PI * place);
}

/**
 * The real signal of a half spectrum by the forward transform alone: the Hartley transform is its own inverse, and cas(x) = cos(x) + sin(x)
 * of a spectrum is Re - Im (Bracewell 1983).
 */
function inverse({
  fft,
  re,
  im,
}: {
  readonly fft: ReturnType<typeof createRealFft>;
  readonly re: Float64Array;
  readonly im: Float64Array;
}): Float32Array {
  const { size } = fft;
  const hartley = new Float64Array(size);
  for (let bin = 0; bin <= size / 2; bin++) {
    hartley[bin] = re[bin]! - im[bin]!;
    if (bin > 0 && bin < size / 2) hartley[size - bin] = re[bin]! + im[bin]!;
  }
  const outRe = new Float64Array(size / 2 + 1);
  const outIm = new Float64Array(size / 2 + 1);
  fft.transform(hartley, outRe, outIm);
  const samples = new Float32Array(size);
  for (let n = 0; n <= size / 2; n++) {
    samples[n] = (outRe[n]! - outIm[n]!) / size;
    if (n > 0 && n < size / 2) samples[size - n] = (outRe[n]! + outIm[n]!) / size;
  }
  return samples;
}
