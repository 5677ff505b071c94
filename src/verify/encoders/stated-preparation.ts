/**
 * What the text of a golden file says was done to the sound before the front end: "first N samples" and "zero-padded to N" (N
 * samples). Anything else leaves it as it is.
 */
export function asStated(mono: Float32Array, what: string): Float32Array {
  const first = /first (\d+) samples/.exec(what)?.[1];
  if (first !== undefined) return mono.slice(0, Number(first));
  const padded = /zero-padded to (\d+)/.exec(what)?.[1];
  return padded === undefined ? mono : zeroPadded(mono, Number(padded));
}

/** Zeros behind the sound up to `length` samples; longer sound is left as it is. */
export function zeroPadded(mono: Float32Array, length: number): Float32Array {
  if (mono.length >= length) return mono;
  const padded = new Float32Array(length);
  padded.set(mono);
  return padded;
}
