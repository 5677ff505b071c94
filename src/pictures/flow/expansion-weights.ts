/** Pixels to either side that a polynomial is fitted to, and the width of the weights that it is fitted by. */
export const expansionReach = 5;
const sigmaPx = 1.2;

/**
 * What a polynomial b·x + xᵀ A x + c is fitted with around a pixel: weights along one axis, for offsets 0 to 5, in float32, and the
 * entries of the inverse Gram matrix of 1, x, y, x², y², xy under them that are not 0 and not the constant's own.
 */
export interface ExpansionWeights {
  /** Gaussian of sum 1 over both sides. */
  readonly flat: Float32Array;
  /** The same times the offset. */
  readonly linear: Float32Array;
  /** The same times its square. */
  readonly square: Float32Array;
  /** x with x, and y with y. */
  readonly slope: number;
  /** 1 with x², and with y². */
  readonly constantCurvature: number;
  /** x² with x², and y² with y². */
  readonly curvature: number;
  /** xy with xy. */
  readonly twist: number;
}

/**
 * Farnebäck 2003, "Two-Frame Motion Estimation Based on Polynomial Expansion", section 2, with a separable Gaussian as the certainty.
 * Products of weights are rounded to float32 as in OpenCV 5.0 (`modules/video/src/optflowgf.cpp`).
 */
export function expansionWeights(): ExpansionWeights {
  const f32 = Math.fround;
  const offsets = Array.from({ length: expansionReach + 1 }, (_, offset) => offset);
  const gaussian = offsets.map((offset) => f32(Math.exp(-(offset * offset) / (2 * sigmaPx * sigmaPx))));
  const share = 1 / (2 * gaussian.reduce((sum, value) => sum + value, 0) - gaussian[0]!);
  const flat = Float32Array.from(gaussian, (value) => value * share);
  const sumOverWindow = (term: (weight: number, x: number, y: number) => number): number => {
    let sum = 0;
    for (let y = -expansionReach; y <= expansionReach; y++)
      for (let x = -expansionReach; x <= expansionReach; x++)
        sum += term(f32(flat[Math.abs(y)]! * flat[Math.abs(x)]!), x, y);
    return sum;
  };
  const times = (value: number, ...factors: readonly number[]): number =>
    factors.reduce((product, factor) => f32(product * factor), value);
  const ones = sumOverWindow((weight) => weight);
  const squares = sumOverWindow((weight, x) => times(weight, x, x));
  const fourths = sumOverWindow((weight, x) => times(weight, x, x, x, x));
  const crossed = sumOverWindow((weight, x, y) => times(weight, x, x, y, y));
  // The block of 1, x² and y² is [ones s s; s f c; s c f]; its inverse is written out.
  const determinant = ones * (fourths + crossed) - 2 * squares * squares;
  return {
    flat,
    linear: flat.map((weight, offset) => offset * weight),
    square: flat.map((weight, offset) => offset * offset * weight),
    slope: 1 / squares,
    constantCurvature: -squares / determinant,
    curvature: (ones * fourths - squares * squares) / ((fourths - crossed) * determinant),
    twist: 1 / crossed,
  };
}
