import { type Matrix, zeros } from '../linalg/matrix.js';
import { positiveDefiniteInverse } from '../linalg/positive-definite-inverse.js';

/** A concave log-likelihood with its derivatives. */
export interface Likelihood {
  readonly size: number;
  /** The first so many parameters may all move by the same amount without a change; their mean is held at 0. */
  readonly free: number;
  at(parameters: Float64Array): {
    readonly value: number;
    readonly gradient: Float64Array;
    /** Less the second derivatives. */
    readonly information: readonly Float64Array[];
  };
}

export type Maximum =
  | {
      readonly status: 'ok';
      readonly parameters: Float64Array;
      readonly covariance: readonly Float64Array[];
      readonly logLikelihood: number;
    }
  /** Some combination of parameters changes nothing, even at 0. */
  | { readonly status: 'not-identified' }
  /** The likelihood grows towards infinity. */
  | { readonly status: 'no-maximum' };

const mostSteps = 200;
/** Square of what is left to go, in standard errors, before a last step that squares it: rounding of large counts leaves more in absolute terms. */
const converged = 1e-16;
/** Towards infinity steps stay near 1 however little there is left to gain. */
const smallStep = 1e-6;

/**
 * The maximum by Newton's method from 0, with halved steps where a whole one overshoots, and the inverse of the information there. Where there is none,
 * the information in its direction fades as the parameters grow, which ends the search.
 */
export function maximumLikelihood(likelihood: Likelihood): Maximum {
  let parameters: Float64Array = new Float64Array(likelihood.size);
  for (let step = 0; step < mostSteps; step++) {
    const { value, gradient, information } = likelihood.at(parameters);
    const inverse = constrainedInverse(information, likelihood.free);
    if (inverse === undefined) return { status: step === 0 ? 'not-identified' : 'no-maximum' };
    const move = inverse.map((row) => row.reduce((sum, cell, index) => sum + cell * gradient[index]!, 0));
    const left = move.reduce((sum, part, index) => sum + part * gradient[index]!, 0);
    if (left < converged && Math.max(...move.map(Math.abs)) < smallStep) {
      const last = parameters.map((parameter, index) => parameter + move[index]!);
      return { status: 'ok', parameters: last, covariance: inverse, logLikelihood: value };
    }
    parameters = moved(likelihood, { parameters, move, value });
  }
  return { status: 'no-maximum' };
}

interface Move {
  readonly parameters: Float64Array;
  readonly move: readonly number[];
  readonly value: number;
}

function moved(likelihood: Likelihood, { parameters, move, value }: Move): Float64Array {
  // Rounding makes values near the maximum differ in their last digits.
  const lowest = value - 1e-12 * Math.abs(value);
  for (let share = 1; share > 1e-6; share /= 2) {
    const next = parameters.map((parameter, index) => parameter + share * move[index]!);
    if (likelihood.at(next).value >= lowest) return next;
  }
  return parameters.map((parameter, index) => parameter + move[index]!);
}

/** The inverse under the constraint: with u uᵀ added for the direction u that changes nothing, and taken off again. */
function constrainedInverse(information: readonly Float64Array[], free: number): readonly Float64Array[] | undefined {
  const n = information.length;
  const matrix: Matrix = zeros(n, n);
  const scale = information.reduce((most, row, index) => Math.max(most, row[index]!), 0);
  const inFree = (i: number, j: number): boolean => i < free && j < free;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) matrix.data[i * n + j] = information[i]![j]! + (inFree(i, j) ? scale / free : 0);
  const inverse = positiveDefiniteInverse(matrix);
  if (inverse === undefined) return undefined;
  return Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (_, j) => inverse.data[i * n + j]! - (inFree(i, j) ? 1 / (scale * free) : 0)),
  );
}
