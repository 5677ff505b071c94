import { besselI0 } from './bessel.js';

/**
 * Filter design of libsoxr 0.1.3 (src/filter.c). Frequencies are shares of the Nyquist frequency `nyquist`; attenuation is in dB.
 */
export interface LowPassSpec {
  readonly passEnd: number;
  readonly stopBegin: number;
  readonly nyquist: number;
  readonly attenuation: number;
  /** Filters that are interleaved into one; 1 for a plain one. */
  readonly phases: number;
}

interface Shape {
  readonly transition: number;
  readonly cutOff: number;
  readonly beta: number;
}

/** Fits beta of the Kaiser window to attenuation and width, by width from 0.0005 on in octaves (`lsx_kaiser_beta`, att >= 60). */
const betaFits: readonly (readonly [number, number, number, number])[] = [
  [-6.784957e-10, 1.02856e-5, 0.1087556, -0.8978365],
  [-6.897885e-10, 1.027433e-5, 0.10876, -0.8974658],
  [-1.000683e-9, 1.030092e-5, 0.1087677, -0.8977898],
  [-3.654474e-10, 1.040631e-5, 0.1087085, -0.8917766],
  [8.106988e-9, 6.983091e-6, 0.1091387, -0.9022048],
  [9.519571e-9, 7.272678e-6, 0.1090068, -0.8890768],
  [-5.626821e-9, 1.342186e-5, 0.1083999, -0.8565452],
  [-9.965946e-8, 5.073548e-5, 0.1040967, -0.6822778],
  [1.604808e-7, -5.856462e-5, 0.1185998, -1.24824],
  [-1.511964e-7, 6.363034e-5, 0.1064627, -0.8076665],
];

function kaiserBeta(attenuation: number, width: number): number {
  const octaves = Math.log2(width / 0.0005);
  const betaAt = (index: number): number => {
    const [a, b, c, d] = betaFits[Math.min(betaFits.length - 1, Math.max(0, index))]!;
    return ((a * attenuation + b) * attenuation + c) * attenuation + d;
  };
  const whole = Math.trunc(octaves);
  return betaAt(whole) + (betaAt(whole + 1) - betaAt(whole)) * (octaves - whole);
}

function shapeOf({ passEnd, stopBegin, nyquist, attenuation, phases }: LowPassSpec): Shape {
  const stop = stopBegin / nyquist / phases;
  const transition = Math.min((0.5 * (stopBegin - passEnd)) / nyquist / phases, 0.5 * stop);
  const cutOff = stop - transition;
  return { transition, cutOff, beta: kaiserBeta(attenuation, (transition * 0.5) / cutOff) };
}

/** How many taps the attenuation needs, before rounding up to what the stage wants (`lsx_kaiser_params`). */
function tapsNeeded({ transition, beta }: Shape): number {
  const length = ((0.0007528358 - 1.577737e-5 * beta) * beta + 0.6248022) * beta + 0.06186902;
  return Math.ceil(length / transition + 1);
}

/** A filter of one phase with an odd number of taps, one more than a multiple of `modulo`; its sum is 1. */
export function plainLowPass(spec: LowPassSpec, modulo: number): Float64Array {
  const shape = shapeOf(spec);
  const taps = Math.floor((tapsNeeded(shape) + modulo - 2) / modulo) * modulo + 1;
  return lowPass(taps, { ...shape, overhang: 0.5, scale: 1 });
}

/** Taps of each phase of an interleaved filter. */
export function tapsOfEachPhase(spec: LowPassSpec): number {
  const taps = Math.floor(tapsNeeded(shapeOf(spec)) / spec.phases) * spec.phases + spec.phases - 1;
  return Math.floor(taps / spec.phases) + 1;
}

/** The interleaved filter: `taps * phases - 1` values. */
export function interleavedLowPass(spec: LowPassSpec, taps: number): Float64Array {
  const overhang = spec.attenuation < 120 ? 0.63 : 0.75;
  return lowPass(taps * spec.phases - 1, { ...shapeOf(spec), overhang, scale: spec.phases });
}

/** A sinc in a Kaiser window that reaches `overhang` taps beyond the last one (`lsx_make_lpf`). */
function lowPass(
  taps: number,
  { cutOff, beta, overhang, scale }: Shape & { readonly overhang: number; readonly scale: number },
): Float64Array {
  const half = (taps - 1) / 2;
  const gain = scale / besselI0(beta);
  return Float64Array.from({ length: taps }, (_, tap) => {
    const place = tap - half;
    const angle = place * Math.PI;
    const sinc = angle === 0 ? cutOff : Math.sin(cutOff * angle) / angle;
    return sinc * besselI0(beta * Math.sqrt(1 - (place / (half + overhang)) ** 2)) * gain;
  });
}

/** Where in the transition band, from 0 to 1, a filter of this attenuation has fallen by `drop` dB (`lsx_inv_f_resp`). */
export function placeOfDrop(drop: number, attenuation: number): number {
  const a = attenuation;
  const phi = ((2.0517e-7 * a - 1.1303e-4) * a + 0.023154) * a + 0.55924;
  const power = Math.log(0.5) / Math.log(Math.sin(phi * 0.5));
  const level = 10 ** (drop / 20);
  const place = Math.asin((level > 0.5 ? 1 - level : level) ** (1 / power)) / phi;
  return level > 0.5 ? place : 1 - place;
}
