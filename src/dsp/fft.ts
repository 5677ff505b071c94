/** Fourier transform of real signals of one fixed length. Keeps no state between calls and allocates nothing in them. */
export interface RealFft {
  readonly size: number;
  /**
   * X[k] = sum over n of input[n] exp(-2 pi i k n / size), for k = 0 .. size/2, unscaled.
   * Reads `size` samples; writes `size / 2 + 1` bins to `re` and `im`, which may be longer and may not overlap `input`.
   */
  transform(input: Float64Array, re: Float64Array, im: Float64Array): void;
}

/** exp(-2 pi i k / period) for k = 0 .. count - 1, as two tables. */
interface Twiddles {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * A transform of `size` real samples; `size` is a power of two, at least 2 (RangeError otherwise).
 *
 * Even and odd samples make a complex signal of half the length, which goes through a decimation-in-time radix-4 transform
 * (with one radix-2 pass first where the length is no power of four); the two interleaved spectra are then taken apart
 * (Press et al., Numerical Recipes, 3rd edition, section 12.3.2).
 */
export function createRealFft(size: number): RealFft {
  if (!Number.isInteger(Math.log2(size)) || size < 2) {
    throw new RangeError(`an FFT size is a power of two, at least 2, got ${size}`);
  }
  const half = size / 2;
  const order = bitReversedOrder(half);
  const inner = twiddles(half, half);
  const outer = twiddles(size, half);
  const firstSpan = Math.log2(half) % 2 === 0 ? 1 : 2;
  return {
    size,
    transform(input, re, im) {
      if (input.length < size || re.length <= half || im.length <= half) {
        throw new RangeError(`an FFT of size ${size} reads ${size} samples and writes ${half + 1} bins`);
      }
      packEvenOdd(input, order, { re, im });
      if (firstSpan === 2) radix2Pass(half, re, im);
      for (let span = firstSpan; span < half; span *= 4) radix4Pass({ span, length: half, inner }, re, im);
      separateSpectra({ half, outer }, re, im);
    },
  };
}

function bitReversedOrder(length: number): Uint32Array {
  const order = new Uint32Array(length);
  for (let index = 1; index < length; index++) {
    order[index] = (order[index >> 1]! >> 1) | (index & 1 ? length >> 1 : 0);
  }
  return order;
}

function twiddles(period: number, count: number): Twiddles {
  const re = Float64Array.from({ length: count }, (_, k) => Math.cos((2 * Math.PI * k) / period));
  const im = Float64Array.from({ length: count }, (_, k) => -Math.sin((2 * Math.PI * k) / period));
  return { re, im };
}

function packEvenOdd(input: Float64Array, order: Uint32Array, { re, im }: Twiddles): void {
  for (let index = 0; index < order.length; index++) {
    const from = 2 * order[index]!;
    re[index] = input[from]!;
    im[index] = input[from + 1]!;
  }
}

function radix2Pass(length: number, re: Float64Array, im: Float64Array): void {
  for (let a = 0; a < length; a += 2) {
    const b = a + 1;
    const aRe = re[a]!;
    const aIm = im[a]!;
    const bRe = re[b]!;
    const bIm = im[b]!;
    re[a] = aRe + bRe;
    im[a] = aIm + bIm;
    re[b] = aRe - bRe;
    im[b] = aIm - bIm;
  }
}

/**
 * Joins four transforms of `span` points into one of 4 `span`, in place. In bit-reversed order the quarters of a block hold
 * the samples 0, 2, 1 and 3 modulo 4: the names a, c, b, d below follow the sample order.
 */
function radix4Pass(
  { span, length, inner }: { span: number; length: number; inner: Twiddles },
  re: Float64Array,
  im: Float64Array,
): void {
  const step = length / (4 * span);
  for (let offset = 0; offset < span; offset++) {
    const w1Re = inner.re[offset * step]!;
    const w1Im = inner.im[offset * step]!;
    const w2Re = inner.re[2 * offset * step]!;
    const w2Im = inner.im[2 * offset * step]!;
    const w3Re = inner.re[3 * offset * step]!;
    const w3Im = inner.im[3 * offset * step]!;
    for (let a = offset; a < length; a += 4 * span) {
      const c = a + span;
      const b = c + span;
      const d = b + span;
      const aRe = re[a]!;
      const aIm = im[a]!;
      const bRe = re[b]! * w1Re - im[b]! * w1Im;
      const bIm = re[b]! * w1Im + im[b]! * w1Re;
      const cRe = re[c]! * w2Re - im[c]! * w2Im;
      const cIm = re[c]! * w2Im + im[c]! * w2Re;
      const dRe = re[d]! * w3Re - im[d]! * w3Im;
      const dIm = re[d]! * w3Im + im[d]! * w3Re;
      re[a] = aRe + cRe + (bRe + dRe);
      im[a] = aIm + cIm + (bIm + dIm);
      re[c] = aRe - cRe + (bIm - dIm);
      im[c] = aIm - cIm - (bRe - dRe);
      re[b] = aRe + cRe - (bRe + dRe);
      im[b] = aIm + cIm - (bIm + dIm);
      re[d] = aRe - cRe - (bIm - dIm);
      im[d] = aIm - cIm + (bRe - dRe);
    }
  }
}

/** Z (even + i odd samples) to X: X[k] = (Z[k] + Z*[m-k]) / 2 - i w^k (Z[k] - Z*[m-k]) / 2, two mirror bins at a time. */
function separateSpectra({ half, outer }: { half: number; outer: Twiddles }, re: Float64Array, im: Float64Array): void {
  const zeroRe = re[0]!;
  const zeroIm = im[0]!;
  re[0] = zeroRe + zeroIm;
  re[half] = zeroRe - zeroIm;
  im[0] = 0;
  im[half] = 0;
  for (let k = 1; k <= half / 2; k++) {
    const mirror = half - k;
    const evenRe = 0.5 * (re[k]! + re[mirror]!);
    const evenIm = 0.5 * (im[k]! - im[mirror]!);
    const oddRe = 0.5 * (im[k]! + im[mirror]!);
    const oddIm = 0.5 * (re[mirror]! - re[k]!);
    const wRe = outer.re[k]!;
    const wIm = outer.im[k]!;
    const turnedRe = oddRe * wRe - oddIm * wIm;
    const turnedIm = oddRe * wIm + oddIm * wRe;
    re[k] = evenRe + turnedRe;
    im[k] = evenIm + turnedIm;
    re[mirror] = evenRe - turnedRe;
    im[mirror] = turnedIm - evenIm;
  }
}
