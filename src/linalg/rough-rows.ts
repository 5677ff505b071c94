import type { NumericMatrix } from './matrix.js';

/** Rows rounded to 16-bit integers, each in its own unit: q = round(s (x - offset)). */
export interface RoughRows {
  readonly rows: number;
  readonly columns: number;
  /** Row-major. */
  readonly integers: Int16Array;
  /** 1 / s of each row. */
  readonly units: Float64Array;
  /** |x - offset| before rounding. */
  readonly norms: Float64Array;
  /** |q / s|². */
  readonly squares: Float64Array;
  /** How far rounding moved a row at most, as a part of its norm. */
  readonly largestError: number;
}

/** Of the longest entry that a row may have, and of its norm: products of two rows then stay below 2^30, whatever part of them is summed. */
const longestNorm = 32_000;

/** Float64 numbers of this size are whole: adding it rounds, in a fraction of the time of `Math.round`. */
const wholeNumbers = 1.5 * 2 ** 52;

/** Squares of norms up to here, and distances made of them, are float32 numbers. */
const largestSquare = 2 ** 126;

/** Throws a RangeError for rows whose squares float32 cannot hold. */
export function roughRows({ rows, columns, data }: NumericMatrix, offset: Float64Array): RoughRows {
  const integers = new Int16Array(rows * columns);
  const [units, norms, squares] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)];
  let largestError = 0;
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    let norm = 0;
    for (let k = 0; k < columns; k++) norm += (data[at + k]! - offset[k]!) ** 2;
    if (!(norm < largestSquare)) throw new RangeError(`row ${row} is too long for distances in float32`);
    norm = Math.sqrt(norm);
    norms[row] = norm;
    if (norm === 0) continue;
    const scale = longestNorm / norm;
    let square = 0;
    let error = 0;
    for (let k = 0; k < columns; k++) {
      const exact = scale * (data[at + k]! - offset[k]!);
      const rounded = exact + wholeNumbers - wholeNumbers;
      integers[at + k] = rounded;
      square += rounded * rounded;
      error += (exact - rounded) ** 2;
    }
    units[row] = 1 / scale;
    squares[row] = square / scale ** 2;
    largestError = Math.max(largestError, Math.sqrt(error) / longestNorm);
  }
  return { rows, columns, integers, units, norms, squares, largestError };
}
