import { resizedBilinearBytes } from './bilinear-planes.js';
import { clipDeviations, clipMeans } from './clip-normalise.js';
import type { Picture, Planes } from './picture.js';
import { resizedTriangle } from './triangle-planes.js';

const { fround } = Math;

/**
 * A frame as VidMuse's visual encoder takes it, [3, size, size]: resized whatever its shape, rounded to bytes, then CLIP's mean and deviation
 * (VidMuse 1e9296e, demos/VidMuse_app.py:139-142; audiocraft/models/lm.py:359-363). `antialias` false is what the authors' versions did:
 * torchvision 0.16 leaves it out for tensors.
 */
export function vidmuseImage(
  picture: Picture,
  options: { readonly sizePx: number; readonly antialias: boolean },
): Planes {
  return normalised(resizedFrame(picture, options));
}

/** The bytes behind the resize, as planes; a frame of that size is taken as it is. */
export function resizedFrame(
  picture: Picture,
  { sizePx, antialias }: { readonly sizePx: number; readonly antialias: boolean },
): Planes {
  if (picture.widthPx === sizePx && picture.heightPx === sizePx) return planesOfBytes(picture);
  const size = { widthPx: sizePx, heightPx: sizePx };
  const resized = antialias ? resizedTriangle(planesOfBytes(picture), size) : resizedBilinearBytes(picture, size);
  roundHalvesToEven(resized.data);
  return resized;
}

/** What each byte becomes: the transformers' image processor multiplies by 1/255 in float64 and goes on in float32. */
export function pixelTable(): readonly Float32Array[] {
  return clipMeans.map((mean, channel) => {
    const [centre, deviation] = [fround(mean), fround(clipDeviations[channel]!)];
    return Float32Array.from({ length: 256 }, (_, byte) => fround(fround(byte * (1 / 255)) - centre) / deviation);
  });
}

const table = pixelTable();

function normalised({ widthPx, heightPx, data }: Planes): Planes {
  const pixels = widthPx * heightPx;
  const out = new Float32Array(data.length);
  for (let channel = 0; channel < 3; channel++) {
    const values = table[channel]!;
    for (let index = channel * pixels; index < (channel + 1) * pixels; index++) out[index] = values[data[index]!]!;
  }
  return { widthPx, heightPx, data: out };
}

function planesOfBytes({ widthPx, heightPx, rgb }: Picture): Planes {
  const pixels = widthPx * heightPx;
  const data = new Float32Array(3 * pixels);
  for (let channel = 0, place = 0; channel < 3; channel++)
    for (let at = channel; at < 3 * pixels; at += 3) data[place++] = rgb[at]!;
  return { widthPx, heightPx, data };
}

/** A half goes to the even neighbour, as in `torch.round`: float32 has no fractions from 2^23 on and rounds so itself. For values from 0 to 2^22. */
function roundHalvesToEven(values: Float32Array): void {
  const noFractions = 2 ** 23;
  for (let index = 0; index < values.length; index++)
    values[index] = fround(values[index]! + noFractions) - noFractions;
}
