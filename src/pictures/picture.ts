/** 8-bit RGB, row-major, interleaved: `3 * widthPx * heightPx` bytes. A frame of a video fits. */
export interface Picture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rgb: Uint8Array;
}

/** Three planes of numbers, [3, height, width]. */
export interface Planes {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Float32Array;
}

/** Where a square of `sizePx` is cut out. */
export interface CropPlace {
  readonly leftPx: number;
  readonly topPx: number;
}

/** The square of a picture's planes. */
export function cropped(planes: Planes, sizePx: number, { leftPx, topPx }: CropPlace): Planes {
  const { widthPx, heightPx, data } = planes;
  const out = new Float32Array(3 * sizePx * sizePx);
  for (let channel = 0; channel < 3; channel++) {
    for (let row = 0; row < sizePx; row++) {
      const from = (channel * heightPx + topPx + row) * widthPx + leftPx;
      out.set(data.subarray(from, from + sizePx), (channel * sizePx + row) * sizePx);
    }
  }
  return { widthPx: sizePx, heightPx: sizePx, data: out };
}
