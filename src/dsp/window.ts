/** Hann window of `length` points for spectral analysis: 0.5 - 0.5 cos(2 pi n / length); its next point would be 0 again. */
export function periodicHann(length: number): Float64Array {
  return hann(length, length);
}

/** Hann window of `length` points for filter design: 0.5 - 0.5 cos(2 pi n / (length - 1)); starts and ends at 0. */
export function symmetricHann(length: number): Float64Array {
  return length === 1 ? Float64Array.of(1) : hann(length, length - 1);
}

function hann(length: number, period: number): Float64Array {
  return Float64Array.from({ length }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / period));
}
