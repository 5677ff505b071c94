import type { RealFft } from './fft.js';

const { fround } = Math;
const size = 512;
const half = size / 2;
/** The root of a half as the library has it: one step of float32 above the nearest. */
const rootHalf = fround(0.70710683);

/**
 * The transform of 512 real samples as PyTorch's builds for x86 compute it in float32: MKL's, whose code is closed. Its order was found
 * from its outputs: even and odd samples as 256 complex ones, taken by radix 4, 8 and 8, then parted; no fused multiply-adds. It gives the
 * bits of torch 2.5.1 on AVX2. What a bin holds that is nearly empty is the rounding of the transform, so this decides its logarithm.
 */
export function createFloat32RealFft512(): RealFft {
  const work: Planes = { re: new Float32Array(half), im: new Float32Array(half) };
  const passes = [passOf(4), passOf(32)];
  const outer = partingTable();
  return {
    size,
    transform(input, re, im) {
      load(input, work);
      for (let at = 0; at < half; at += 4) radix4(work, at);
      for (const pass of passes) radix8Pass(work, pass);
      part(work, outer, { re, im });
    },
  };
}

interface Planes {
  readonly re: Float32Array;
  readonly im: Float32Array;
}

/** Eight transforms of `span` points become one of 8 `span`; factors for each place in the span and each of the eight. */
interface Pass {
  readonly span: number;
  readonly factors: Planes;
  /** Room for one butterfly. */
  readonly legs: Planes;
}

function passOf(span: number): Pass {
  const factors = { re: new Float32Array(8 * span), im: new Float32Array(8 * span) };
  for (let place = 0; place < span; place++) {
    for (let leg = 0; leg < 8; leg++) {
      const angle = (2 * Math.PI * place * leg) / (8 * span);
      factors.re[8 * place + leg] = withoutDust(Math.cos(angle));
      factors.im[8 * place + leg] = -withoutDust(Math.sin(angle));
    }
  }
  return { span, factors, legs: { re: new Float32Array(8), im: new Float32Array(8) } };
}

/** Sine and cosine of quarter turns are 0 in the library's tables, not 1e-16. */
function withoutDust(value: number): number {
  return Math.abs(value) < 1e-12 ? 0 : value;
}

/** Complex sample n = a + 8 b + 64 c goes to place 32 a + 4 b + c. */
function load(input: Float64Array, { re, im }: Planes): void {
  for (let place = 0; place < half; place++) {
    const sample = (place >> 5) + 8 * ((place >> 2) & 7) + 64 * (place & 3);
    re[place] = input[2 * sample]!;
    im[place] = input[2 * sample + 1]!;
  }
}

/** Four neighbours in place. */
function radix4({ re, im }: Planes, at: number): void {
  const evenRe = fround(re[at]! + re[at + 2]!);
  const evenIm = fround(im[at]! + im[at + 2]!);
  const sideRe = fround(re[at]! - re[at + 2]!);
  const sideIm = fround(im[at]! - im[at + 2]!);
  const oddRe = fround(re[at + 1]! + re[at + 3]!);
  const oddIm = fround(im[at + 1]! + im[at + 3]!);
  const turnRe = fround(re[at + 1]! - re[at + 3]!);
  const turnIm = fround(im[at + 1]! - im[at + 3]!);
  re[at] = evenRe + oddRe;
  im[at] = evenIm + oddIm;
  re[at + 1] = sideRe + turnIm;
  im[at + 1] = sideIm - turnRe;
  re[at + 2] = evenRe - oddRe;
  im[at + 2] = evenIm - oddIm;
  re[at + 3] = sideRe - turnIm;
  im[at + 3] = sideIm + turnRe;
}

function radix8Pass({ re, im }: Planes, { span, factors, legs }: Pass): void {
  for (let block = 0; block < half; block += 8 * span) {
    for (let place = 0; place < span; place++) {
      const first = block + place;
      for (let leg = 0; leg < 8; leg++) {
        const at = first + leg * span;
        const factorRe = factors.re[8 * place + leg]!;
        const factorIm = factors.im[8 * place + leg]!;
        legs.re[leg] = fround(re[at]! * factorRe) - fround(im[at]! * factorIm);
        legs.im[leg] = fround(re[at]! * factorIm) + fround(im[at]! * factorRe);
      }
      radix8(legs);
      for (let leg = 0; leg < 8; leg++) {
        const from = (leg >> 1) + 4 * (leg & 1);
        re[first + leg * span] = legs.re[from]!;
        im[first + leg * span] = legs.im[from]!;
      }
    }
  }
}

/** Eight legs in place: sums of opposite legs give the even outputs, 0 to 3, differences the odd ones, 4 to 7. */
function radix8({ re, im }: Planes): void {
  for (let leg = 0; leg < 4; leg++) {
    const sumRe = re[leg]! + re[leg + 4]!;
    const sumIm = im[leg]! + im[leg + 4]!;
    re[leg + 4] = re[leg]! - re[leg + 4]!;
    im[leg + 4] = im[leg]! - im[leg + 4]!;
    re[leg] = sumRe;
    im[leg] = sumIm;
  }
  radix4({ re, im }, 0);
  oddOutputs({ re, im });
}

/** a = x4 - i x6, b = x4 + i x6; c and d likewise of x5 and x7, scaled before they are turned by an eighth. */
function oddOutputs({ re, im }: Planes): void {
  const aRe = fround(re[4]! + im[6]!);
  const aIm = fround(im[4]! - re[6]!);
  const bRe = fround(re[4]! - im[6]!);
  const bIm = fround(im[4]! + re[6]!);
  const cRe = fround(fround(re[5]! + im[7]!) * rootHalf);
  const cIm = fround(fround(im[5]! - re[7]!) * rootHalf);
  const dRe = fround(fround(re[5]! - im[7]!) * rootHalf);
  const dIm = fround(fround(im[5]! + re[7]!) * rootHalf);
  re[4] = aRe + fround(cRe + cIm);
  im[4] = aIm + fround(cIm - cRe);
  re[5] = bRe + fround(dIm - dRe);
  im[5] = bIm - fround(dRe + dIm);
  re[6] = aRe - fround(cRe + cIm);
  im[6] = aIm - fround(cIm - cRe);
  re[7] = bRe - fround(dIm - dRe);
  im[7] = bIm + fround(dRe + dIm);
}

/** (1 - sin) / 2 and -cos / 2 of each bin's angle, each step rounded. */
function partingTable(): Planes {
  const angle = (bin: number): number => (2 * Math.PI * bin) / size;
  return {
    re: Float32Array.from({ length: half / 2 }, (_, bin) => fround(1 - fround(Math.sin(angle(bin)))) / 2),
    im: Float32Array.from({ length: half / 2 }, (_, bin) => -fround(Math.cos(angle(bin))) / 2),
  };
}

/** The spectrum of the real samples from that of the complex ones, two mirror bins at a time. */
function part({ re, im }: Planes, outer: Planes, out: { readonly re: Float64Array; readonly im: Float64Array }): void {
  out.re[0] = fround(re[0]! + im[0]!);
  out.re[half] = fround(re[0]! - im[0]!);
  out.im[0] = 0;
  out.im[half] = 0;
  out.re[half / 2] = re[half / 2]!;
  out.im[half / 2] = -im[half / 2]!;
  for (let bin = 1; bin < half / 2; bin++) {
    const mirror = half - bin;
    const diffRe = fround(re[bin]! - re[mirror]!);
    const diffIm = fround(im[bin]! + im[mirror]!);
    const factorRe = outer.re[bin]!;
    const factorIm = outer.im[bin]!;
    const turnedRe = fround(fround(diffRe * factorRe) - fround(diffIm * factorIm));
    const turnedIm = fround(fround(diffRe * factorIm) + fround(diffIm * factorRe));
    out.re[bin] = fround(re[mirror]! + turnedRe);
    out.im[bin] = fround(turnedIm - im[mirror]!);
    out.re[mirror] = fround(re[bin]! - turnedRe);
    out.im[mirror] = fround(turnedIm - im[bin]!);
  }
}
