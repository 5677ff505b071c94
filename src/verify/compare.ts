import { failed, type Outcome, ok } from '../core/outcome.js';
import type { TensorData } from '../models/session.js';
import type { Limits } from './golden.js';

/** How far one tensor is from another of the same shape. */
export interface Difference {
  readonly cells: number;
  /** The largest absolute difference of a cell. */
  readonly maxAbsolute: number;
  /** `maxAbsolute` as a share of the largest absolute value of the golden tensor; 0 / 0 counts as 0, a share of 0 as 1. */
  readonly maxRelative: number;
  /** The smallest bound that 99 % of the cells keep. */
  readonly absoluteOf99Percent: number;
  readonly absoluteOf90Percent: number;
  /** 1 - cosine over all cells; 0 for two zero tensors, 1 for one. */
  readonly cosineDistance: number;
}

/** Limits with the direction check that suits everything from a log-mel to an embedding. */
export interface Tolerance extends Limits {
  readonly cosineDistance: number;
}

/** A port is right if its direction is: 1 - cosine beside the limits that each golden file states. */
export const cosineDistanceLimit = 1e-5;

/**
 * Compares in float64. Shapes must agree but for axes of length 1. Fails, rather than giving a number, for other shapes and for values
 * that are not finite.
 */
export function compareTensors(own: TensorData, golden: TensorData): Outcome<Difference> {
  if (withoutUnits(own.dims) !== withoutUnits(golden.dims) || own.data.length !== golden.data.length) {
    return failed('wrong-shape', `shape ${shapeText(own.dims)}, expected ${shapeText(golden.dims)}`);
  }
  for (const [name, { data }] of [['own', own] as const, ['golden', golden] as const]) {
    const broken = data.reduce((count, value) => (Number.isFinite(value) ? count : count + 1), 0);
    if (broken > 0) return failed('not-finite', `${broken} of ${data.length} ${name} values are not finite`);
  }
  return ok(measure(own.data, golden.data));
}

/** Why the difference is too large, one reason a broken limit; none if all hold. */
export function brokenLimits(difference: Difference, tolerance: Tolerance): string[] {
  const { absoluteOf99Percent: limit99, absoluteOf90Percent: limit90 } = tolerance;
  const checks = [
    ['the largest difference', difference.maxAbsolute, tolerance.absolute],
    ['the difference of 99 % of the cells', difference.absoluteOf99Percent, limit99],
    ['the difference of 90 % of the cells', difference.absoluteOf90Percent, limit90],
    ['1 - cosine', difference.cosineDistance, tolerance.cosineDistance],
  ] as const;
  return checks.flatMap(([name, value, limit]) =>
    limit === undefined || value <= limit
      ? []
      : [`${name} is ${value.toPrecision(3)}, allowed ${limit.toPrecision(3)}`],
  );
}

/** float16 keeps 11 bits: a network in it may be off by this share of the golden's largest value, and in direction by 1e-3. */
const float16Share = 0.02;
const float16CosineDistance = 1e-3;

/**
 * The limits of a golden file for networks of a floating type. The stated limits are for float32. In float16 the largest difference and
 * the direction are judged by the two constants above; limits on 99 % and 90 % stay, because they are stated for front ends, which are
 * always float32.
 */
export function toleranceFor(limits: Limits, options: { dtype: 'f32' | 'f16'; golden: Float32Array }): Tolerance {
  const float32 = { ...limits, cosineDistance: cosineDistanceLimit };
  if (options.dtype === 'f32' || limits.absoluteOf99Percent !== undefined) return float32;
  const largest = options.golden.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return {
    ...limits,
    absolute: Math.max(limits.absolute, float16Share * largest),
    cosineDistance: float16CosineDistance,
  };
}

function measure(own: Float32Array, golden: Float32Array): Difference {
  const differences = new Float64Array(own.length);
  let [largest, dot, ownSquares, goldenSquares] = [0, 0, 0, 0];
  for (let cell = 0; cell < own.length; cell++) {
    const a = own[cell]!;
    const b = golden[cell]!;
    differences[cell] = Math.abs(a - b);
    largest = Math.max(largest, Math.abs(b));
    dot += a * b;
    ownSquares += a * a;
    goldenSquares += b * b;
  }
  differences.sort();
  const maxAbsolute = differences.at(-1) ?? 0;
  return {
    cells: own.length,
    maxAbsolute,
    maxRelative: share(maxAbsolute, largest),
    absoluteOf99Percent: boundOf(differences, 0.99),
    absoluteOf90Percent: boundOf(differences, 0.9),
    cosineDistance: cosineDistance(dot, Math.sqrt(ownSquares) * Math.sqrt(goldenSquares), ownSquares + goldenSquares),
  };
}

function share(part: number, whole: number): number {
  if (part === 0) return 0;
  return whole === 0 ? 1 : part / whole;
}

function cosineDistance(dot: number, lengths: number, squares: number): number {
  if (squares === 0) return 0;
  return lengths === 0 ? 1 : Math.max(0, 1 - dot / lengths);
}

/** The smallest value that `part` of the sorted differences do not exceed. */
function boundOf(sorted: Float64Array, part: number): number {
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
}

function withoutUnits(dims: readonly number[]): string {
  return dims.filter((length) => length !== 1).join('x');
}

function shapeText(dims: readonly number[]): string {
  return dims.length === 0 ? 'a single number' : dims.join('x');
}
