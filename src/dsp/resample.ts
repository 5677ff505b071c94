import { besselI0 } from './bessel.js';
import { createResampyKaiserBest, resampy02Table } from './resampy-kaiser-best.js';
import { createSoxrHq } from './soxr-hq.js';

/** Which low-pass filter stands between the two rates; figures are only comparable when they come from the same one. */
export type ResamplerKind =
  | 'torchaudioHann'
  | 'torchaudioHannFloat32'
  | 'kaiserBest'
  | 'juliusFrac'
  | 'resampyKaiserBest'
  | 'resampy02KaiserBest'
  | 'soxrHq';

/** Those that are one filter bank; the others have their own way through the signal. */
type FilterBankKind = Exclude<ResamplerKind, 'resampyKaiserBest' | 'resampy02KaiserBest' | 'soxrHq'>;

export interface ResamplerFilter {
  /** Zero crossings of the sinc on each side. */
  readonly zeroCrossings: number;
  /** Cut-off as a share of the lower Nyquist frequency. */
  readonly rolloff: number;
  readonly window: { readonly name: 'hann' } | { readonly name: 'kaiser'; readonly beta: number };
  /** True: taps are computed in float32 throughout. */
  readonly float32Taps?: boolean;
  /** True: products are added one by one from the first input, each sum rounded to float32, as PyTorch's convolution does. */
  readonly float32Sums?: boolean;
  /** True: the taps of each output sample add up to 1, the ends of the signal go on, and the length is rounded down. */
  readonly normalised?: boolean;
}

const torchaudioHann: ResamplerFilter = { zeroCrossings: 6, rolloff: 0.99, window: { name: 'hann' } };

/**
 * `torchaudioHann`: the defaults of torchaudio (sinc_interp_hann), taps as `transforms.Resample` computes them.
 * `torchaudioHannFloat32`: the same in float32, as `functional.resample` does for float32 sound; up to 9e-6 off each tap.
 * `juliusFrac`: `julius.resample_frac` with the values that audiocraft leaves (zeros 24, rolloff 0.945; julius 0.2.8, resample.py).
 * `kaiserBest`: sinc_interp_kaiser with resampy's "kaiser_best" values, as fadtk asks torchaudio for (fadtk/model_loader.py).
 */
export const resamplerFilters: Readonly<Record<FilterBankKind, ResamplerFilter>> = {
  torchaudioHann,
  torchaudioHannFloat32: { ...torchaudioHann, float32Taps: true, float32Sums: true },
  juliusFrac: { zeroCrossings: 24, rolloff: 0.945, window: { name: 'hann' }, normalised: true, float32Taps: true },
  kaiserBest: { zeroCrossings: 64, rolloff: 0.9475937167399596, window: { name: 'kaiser', beta: 14.769656459379492 } },
};

export interface ResamplerOptions {
  /** Whole numbers of hertz. */
  readonly fromHz: number;
  readonly toHz: number;
  readonly kind: ResamplerKind;
}

/** Converts whole signals, one channel at a time; keeps no state between calls. */
export interface Resampler {
  /**
   * Silence is assumed outside the input, but by julius, which goes on with the outermost samples. Output: `input.length * toHz / fromHz`
   * samples, rounded up, by julius and resampy down; always a new array.
   */
  process(input: Float32Array): Float32Array;
}

/**
 * Windowed-sinc polyphase resampling with the filters of torchaudio (functional/functional.py, `_get_sinc_resample_kernel`).
 * Taps are float64 here and float32 there; outputs differ by up to 1e-5 of full scale, because torchaudio rounds its taps.
 * Making a resampler computes its filter table: keep it when many signals share the rates.
 */
export function createResampler({ fromHz, toHz, kind }: ResamplerOptions): Resampler {
  if (!isRate(fromHz) || !isRate(toHz)) {
    throw new RangeError(`sampling rates are positive whole numbers of hertz, got ${fromHz} and ${toHz}`);
  }
  if (fromHz === toHz) return { process: (input) => input.slice() };
  if (kind === 'resampyKaiserBest') return createResampyKaiserBest(fromHz, toHz);
  if (kind === 'resampy02KaiserBest') return createResampyKaiserBest(fromHz, toHz, resampy02Table);
  if (kind === 'soxrHq') return createSoxrHq(fromHz, toHz);
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const filter = resamplerFilters[kind];
  const bank = filterBank({ stepIn: fromHz / divisor, stepOut: toHz / divisor, filter });
  return { process: (input) => applyFilterBank(bank, input) };
}

/** One filter for each of the `stepOut` output positions that a run of `stepIn` input samples holds, all equally long. */
interface FilterBank {
  readonly stepIn: number;
  readonly stepOut: number;
  /** Output sample `frame * stepOut + phase` is the dot product of `taps` with the input from `frame * stepIn + firstInput`. */
  readonly phases: readonly { readonly taps: Float64Array; readonly firstInput: number }[];
  /** How far any filter reaches beyond its run, in input samples. */
  readonly overhang: number;
  /** As the filter says. */
  readonly normalised: boolean;
  readonly float32Sums: boolean;
}

interface FilterBankOptions {
  readonly stepIn: number;
  readonly stepOut: number;
  readonly filter: ResamplerFilter;
}

function filterBank({ stepIn, stepOut, filter }: FilterBankOptions): FilterBank {
  /** Zero crossings for each input sample. */
  const density = (Math.min(stepIn, stepOut) * filter.rolloff) / stepIn;
  const reach = filter.zeroCrossings / density;
  const tapCount = 2 * Math.ceil(reach) + 1;
  const phases = Array.from({ length: stepOut }, (_, phase) => {
    const centre = (phase * stepIn) / stepOut;
    const firstInput = Math.ceil(centre - reach);
    const taps = new Float64Array(tapCount);
    for (let tap = 0; tap < tapCount; tap++) {
      taps[tap] =
        filter.float32Taps === true
          ? float32Tap({ input: firstInput + tap, phase, stepIn, stepOut, filter })
          : density * windowedSinc((firstInput + tap - centre) * density, filter);
    }
    return { taps: filter.normalised === true ? withSumOne(taps) : taps, firstInput };
  });
  const { normalised = false, float32Sums = false } = filter;
  return { stepIn, stepOut, phases, overhang: tapCount, normalised, float32Sums };
}

function windowedSinc(crossings: number, { zeroCrossings, window }: ResamplerFilter): number {
  const position = crossings / zeroCrossings;
  if (Math.abs(position) >= 1) return 0;
  const angle = Math.PI * crossings;
  const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
  if (window.name === 'hann') return sinc * Math.cos((Math.PI * position) / 2) ** 2;
  return (sinc * besselI0(window.beta * Math.sqrt(1 - position * position))) / besselI0(window.beta);
}

interface Float32Tap extends FilterBankOptions {
  /** Place of the input sample in the run, and of the output sample. */
  readonly input: number;
  readonly phase: number;
}

/** One tap with the roundings of `_get_sinc_resample_kernel` on float32 (torchaudio 2.5.1, functional/functional.py), Hann window. */
function float32Tap({ input, phase, stepIn, stepOut, filter }: Float32Tap): number {
  const { fround } = Math;
  const base = Math.min(stepIn, stepOut) * filter.rolloff;
  const time = fround(fround(fround(-phase / stepOut) + fround(input / stepIn)) * fround(base));
  if (Math.abs(time) >= filter.zeroCrossings) return 0;
  const angle = fround(time * fround(Math.PI));
  const window = fround(fround(Math.cos(fround(fround(angle / filter.zeroCrossings) / 2))) ** 2);
  const sinc = angle === 0 ? 1 : fround(fround(Math.sin(angle)) / angle);
  return fround(sinc * fround(window * fround(base / stepIn)));
}

function withSumOne(taps: Float64Array): Float64Array {
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
}

function applyFilterBank(bank: FilterBank, input: Float32Array): Float32Array {
  const { stepIn, stepOut, phases, overhang, normalised, float32Sums } = bank;
  const round = normalised ? Math.floor : Math.ceil;
  const output = new Float32Array(round((input.length * stepOut) / stepIn));
  const dot = float32Sums ? float32DotProduct : dotProduct;
  const before = overhang;
  const padded = new Float32Array(before + input.length + stepIn + overhang);
  padded.set(input, before);
  if (normalised && input.length > 0) {
    padded.fill(input[0]!, 0, before);
    padded.fill(input.at(-1)!, before + input.length);
  }
  for (let start = 0, from = before; start < output.length; start += stepOut, from += stepIn) {
    const count = Math.min(stepOut, output.length - start);
    for (let phase = 0; phase < count; phase++) {
      const { taps, firstInput } = phases[phase]!;
      output[start + phase] = dot(taps, padded, from + firstInput);
    }
  }
  return output;
}

/** Four running sums, so that each addition need not wait for the one before. */
function dotProduct(taps: Float64Array, signal: Float32Array, from: number): number {
  const last = taps.length - 3;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let tap = 0;
  for (; tap < last; tap += 4) {
    a += taps[tap]! * signal[from + tap]!;
    b += taps[tap + 1]! * signal[from + tap + 1]!;
    c += taps[tap + 2]! * signal[from + tap + 2]!;
    d += taps[tap + 3]! * signal[from + tap + 3]!;
  }
  for (; tap < taps.length; tap++) a += taps[tap]! * signal[from + tap]!;
  return a + b + (c + d);
}

/** Fused multiply-adds in order: a product of two float32 numbers is exact in float64. */
function float32DotProduct(taps: Float64Array, signal: Float32Array, from: number): number {
  let sum = 0;
  for (let tap = 0; tap < taps.length; tap++) sum = Math.fround(sum + taps[tap]! * signal[from + tap]!);
  return sum;
}

function isRate(hz: number): boolean {
  return Number.isInteger(hz) && hz > 0;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
