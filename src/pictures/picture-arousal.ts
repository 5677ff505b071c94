/** What there is to see over time, one value a frame. */
export interface PictureActivity {
  /** Mean absolute difference of luma to the frame before. */
  readonly motion: readonly number[];
  /** `colourArousal` of each frame. */
  readonly colour: readonly number[];
  /** Numbers of the frames that begin a shot. */
  readonly cuts: readonly number[];
}

/**
 * How arousing the pictures are over time, relative to the rest of the video: the mean of the standard scores of log(1 + motion), of the pace of
 * the shots (one over the length of the shot that a frame is in) and of the arousal of the colours. Motion and pace are the parts that
 * Hanjalic and Xu take ("Affective video content representation and modeling", IEEE Transactions on Multimedia 7:143, 2005); equal weights
 * are a choice made here. A part that does not vary counts 0. The difference across a cut is no motion: it takes that of the frame behind it.
 */
export function pictureArousal({ motion, colour, cuts }: PictureActivity): Float64Array {
  const beginsShot = new Set(cuts);
  const within = motion.map((value, frame) => (beginsShot.has(frame) ? (motion[frame + 1] ?? value) : value));
  const parts = [within.map((value) => Math.log1p(value)), shotPace(motion.length, cuts), colour].map(standardScores);
  return Float64Array.from(motion, (_, frame) => parts.reduce((sum, part) => sum + part[frame]!, 0) / parts.length);
}

function shotPace(frameCount: number, cuts: readonly number[]): number[] {
  const borders = [0, ...cuts, frameCount];
  return borders.slice(1).flatMap((end, shot) => {
    const length = end - borders[shot]!;
    return new Array<number>(length).fill(1 / length);
  });
}

function standardScores(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  // Rounding alone must not be blown up to a curve.
  const deviation = Math.sqrt(variance);
  return values.map((value) => (deviation > 1e-9 ? (value - mean) / deviation : 0));
}
