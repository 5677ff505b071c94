import type { Picture, Planes } from './picture.js';

/** Mean and deviation of each colour, of CLIP's training data (openai/CLIP, clip/clip.py), in [0, 1]. */
export const clipMeans = [0.48145466, 0.4578275, 0.40821073] as const;
export const clipDeviations = [0.26862954, 0.26130258, 0.27577711] as const;

/** Bytes as planes of numbers from 0 to 1. */
export function planesOf({ widthPx, heightPx, rgb }: Picture): Planes {
  const pixels = widthPx * heightPx;
  const data = new Float32Array(3 * pixels);
  for (let pixel = 0; pixel < pixels; pixel++)
    for (let channel = 0; channel < 3; channel++) data[channel * pixels + pixel] = rgb[3 * pixel + channel]! / 255;
  return { widthPx, heightPx, data };
}

/** Numbers from 0 to 1 as deviations from CLIP's mean colour. */
export function clipNormalised({ widthPx, heightPx, data }: Planes): Planes {
  const pixels = widthPx * heightPx;
  const out = new Float32Array(data.length);
  for (let channel = 0; channel < 3; channel++) {
    const [mean, deviation] = [clipMeans[channel]!, clipDeviations[channel]!];
    for (let index = channel * pixels; index < (channel + 1) * pixels; index++)
      out[index] = (data[index]! - mean) / deviation;
  }
  return { widthPx, heightPx, data: out };
}
