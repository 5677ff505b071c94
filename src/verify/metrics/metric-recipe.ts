import { z } from 'zod';
import { uniformAt } from '../../core/uniform-stream.js';
import { type Matrix, zeros } from '../../linalg/matrix.js';
import { roundToHalf } from '../../metrics/half-precision.js';
import { goldenNumber } from './metric-fixture.js';

/** A matrix of samples, one a row, described by how to make it. */
export type MatrixRecipe = NormalRecipe | { readonly kind: 'empty'; readonly N: number; readonly d: number };

export interface NormalRecipe {
  readonly kind: 'matrix';
  readonly N: number;
  readonly d: number;
  readonly seed: number;
  /** Share of the next column that is mixed into each one. */
  readonly rho: number;
  /** Column j shrinks by 1 / √(1 + j). */
  readonly decay: boolean;
  readonly gain: number;
  readonly shift: number;
  /** Changes to the finished matrix, in their order. */
  readonly ops?: readonly RecipeStep[] | undefined;
}

export type RecipeStep =
  | { readonly op: 'set'; readonly i: number; readonly j: number; readonly v: number }
  | { readonly op: 'setCol'; readonly j: number; readonly v: number }
  | { readonly op: 'setRow'; readonly i: number; readonly v: number }
  | { readonly op: 'copyRow'; readonly from: number; readonly to: number }
  | { readonly op: 'allRows'; readonly from: number }
  | { readonly op: 'scaleRow'; readonly i: number; readonly v: number }
  | { readonly op: 'lattice'; readonly q: number }
  | { readonly op: 'f32' }
  | { readonly op: 'f16' }
  | { readonly op: 'abs' };

const stepSchema: z.ZodType<RecipeStep> = z.union([
  z.object({ op: z.literal('set'), i: z.int(), j: z.int(), v: goldenNumber }),
  z.object({ op: z.literal('setCol'), j: z.int(), v: goldenNumber }),
  z.object({ op: z.literal('setRow'), i: z.int(), v: goldenNumber }),
  z.object({ op: z.literal('copyRow'), from: z.int(), to: z.int() }),
  z.object({ op: z.literal('allRows'), from: z.int() }),
  z.object({ op: z.literal('scaleRow'), i: z.int(), v: goldenNumber }),
  z.object({ op: z.literal('lattice'), q: z.number().positive() }),
  z.object({ op: z.enum(['f32', 'f16', 'abs']) }),
]);

const recipeSchema: z.ZodType<MatrixRecipe> = z.union([
  z.object({
    kind: z.literal('matrix'),
    seed: z.int(),
    N: z.int().nonnegative(),
    d: z.int().positive(),
    rho: z.number(),
    decay: z.boolean(),
    gain: z.number(),
    shift: z.number(),
    ops: z.array(stepSchema).optional(),
  }),
  z.object({ kind: z.literal('empty'), N: z.int().nonnegative(), d: z.int().positive() }),
]);

/** Reads a recipe, `{kind: 'empty', N, d}` or a literal list of rows, and makes the matrix when it is asked for. */
export const matrixSchema: z.ZodType<() => Matrix> = z
  .union([recipeSchema, z.array(z.array(goldenNumber))])
  .transform((input) => (): Matrix => (Array.isArray(input) ? matrixOfRows(input) : matrixOf(input)));

/** Uniform numbers in [0, 1) with 24 bits, in order. */
export function uniformStream(seed: number): () => number {
  let index = 0;
  return () => uniformAt(seed, index++);
}

/** Nearly normal numbers: twelve uniforms less six, so that every language makes the same bits. */
export function normalStream(seed: number): () => number {
  const uniform = uniformStream(seed);
  return () => {
    let sum = 0;
    for (let draw = 0; draw < 12; draw++) sum += uniform();
    return sum - 6;
  };
}

/** `count` indices below `bound`, drawn with replacement: floor(u * bound). */
export function indicesOf(
  seed: number,
  { count, bound }: { readonly count: number; readonly bound: number },
): number[] {
  const uniform = uniformStream(seed);
  return Array.from({ length: count }, () => Math.floor(uniform() * bound));
}

export function matrixOf(recipe: MatrixRecipe): Matrix {
  const matrix = zeros(recipe.N, recipe.d);
  if (recipe.kind === 'empty') return matrix;
  const { N: rows, d: columns } = recipe;
  const noise = Float64Array.from(matrix.data, normalStream(recipe.seed));
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const own = noise[row * columns + column]!;
      const next = noise[row * columns + ((column + 1) % columns)]!;
      const mixed = recipe.rho === 0 ? own : own + recipe.rho * next;
      const size = recipe.decay ? 1 / Math.sqrt(1 + column) : 1;
      const mean = recipe.shift * ((((column * 7) % 11) - 5) / 10);
      matrix.data[row * columns + column] = mixed * size * recipe.gain + mean;
    }
  }
  for (const step of recipe.ops ?? []) applyStep(matrix, step);
  return matrix;
}

/** A matrix written out by rows. */
export function matrixOfRows(rows: readonly (readonly number[])[]): Matrix {
  return { rows: rows.length, columns: rows[0]?.length ?? 0, data: Float64Array.from(rows.flat()) };
}

function applyStep({ rows, columns, data }: Matrix, step: RecipeStep): void {
  const row = (index: number): Float64Array => data.subarray(index * columns, (index + 1) * columns);
  const change = (cells: Float64Array, next: (value: number) => number): void => cells.set(cells.map(next));
  switch (step.op) {
    case 'set':
      data[step.i * columns + step.j] = step.v;
      break;
    case 'setCol':
      for (let index = 0; index < rows; index++) data[index * columns + step.j] = step.v;
      break;
    case 'setRow':
      row(step.i).fill(step.v);
      break;
    case 'copyRow':
      row(step.to).set(row(step.from));
      break;
    case 'allRows':
      for (let index = 0; index < rows; index++) if (index !== step.from) row(index).set(row(step.from));
      break;
    case 'scaleRow':
      change(row(step.i), (value) => value * step.v);
      break;
    case 'lattice':
      change(data, (value) => Math.floor(value * step.q + 0.5) / step.q);
      break;
    case 'f32':
      change(data, Math.fround);
      break;
    case 'f16':
      change(data, roundToHalf);
      break;
    case 'abs':
      change(data, Math.abs);
      break;
  }
}
