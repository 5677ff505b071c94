/** What the composer knows about a video: one number a frame for each curve, and a few for the whole. */
export interface VideoProfile {
  readonly framesPerSecond: number;
  /** Time of each frame from the start of the clip. */
  readonly timeSeconds: Float64Array;
  /** Mean absolute difference of Rec.601 luma to the frame before, 0 to 1; the first frame repeats the second's. */
  readonly difference: Float64Array;
  /** Mean absolute difference of red, green and blue to the frame before: sees cuts between equally bright shots. As above. */
  readonly colourDifference: Float64Array;
  /** Total-variation distance of the colour histogram to the frame before, 0 to 1; the first frame repeats the second's. */
  readonly histogramChange: Float64Array;
  readonly palette: Palette;
}

/** Colour of the whole video; every field is a mean over frames and pixels. */
export interface Palette {
  /** Rec.601 luma, 0 to 1. */
  readonly brightness: number;
  /** Standard deviation of luma inside a frame, 0 to 0.5. */
  readonly contrast: number;
  /** HSV saturation, 0 to 1. */
  readonly saturation: number;
  /** Red minus blue, -1 to 1: positive is warm. */
  readonly warmth: number;
  /** Share of coloured light in each of 12 hues of 30 degrees from red; sums to 1, or all 0 in a grey video. */
  readonly hues: readonly number[];
}

/** The palette of a video without a frame: mid grey. */
export const neutralPalette: Palette = {
  brightness: 0.5,
  contrast: 0,
  saturation: 0,
  warmth: 0,
  hues: new Array<number>(12).fill(0),
};
