import { readFileSync } from 'node:fs';
import type { Matrix } from '../../src/linalg/matrix.js';

/** A matrix described by how to make it: the inputs of the golden values in `test/fixtures/metrics`. */
export interface MatrixRecipe {
  readonly kind: 'matrix' | 'empty';
  readonly N: number;
  readonly d: number;
  readonly seed: number;
  /** Share of the next column that is mixed into each one. */
  readonly rho: number;
  /** Column j shrinks by 1 / √(1 + j). */
  readonly decay: boolean;
  readonly gain: number;
  readonly shift: number;
  readonly ops?: readonly RecipeStep[];
}

type RecipeStep =
  | { readonly op: 'set'; readonly i: number; readonly j: number; readonly v: number | string }
  | { readonly op: 'setCol'; readonly j: number; readonly v: number }
  | { readonly op: 'setRow'; readonly i: number; readonly v: number }
  | { readonly op: 'copyRow'; readonly from: number; readonly to: number }
  | { readonly op: 'allRows'; readonly from: number }
  | { readonly op: 'scaleRow'; readonly i: number; readonly v: number }
  | { readonly op: 'lattice'; readonly q: number }
  | { readonly op: 'f32' }
  | { readonly op: 'abs' };

export interface GoldenFile<Case> {
  readonly cases: readonly Case[];
}

export function readGolden<Case>(name: string): GoldenFile<Case> {
  return JSON.parse(readFileSync(new URL(`../fixtures/metrics/${name}.json`, import.meta.url), 'utf8'));
}

/** Uniform numbers in [0, 1) with 24 bits: mulberry32 (Tommy Ettinger), its top bits. */
export function uniformStream(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 8) / 2 ** 24;
  };
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

export function matrixOf(recipe: MatrixRecipe): Matrix {
  const { N: rows, d: columns } = recipe;
  const matrix = { rows, columns, data: new Float64Array(rows * columns) };
  if (recipe.kind === 'empty') return matrix;
  const normal = normalStream(recipe.seed);
  const noise = Float64Array.from(matrix.data, normal);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const next = noise[row * columns + ((column + 1) % columns)]!;
      const own = noise[row * columns + column]!;
      const mixed = recipe.rho === 0 ? own : own + recipe.rho * next;
      const size = recipe.decay ? 1 / Math.sqrt(1 + column) : 1;
      const mean = recipe.shift * ((((column * 7) % 11) - 5) / 10);
      matrix.data[row * columns + column] = mixed * size * recipe.gain + mean;
    }
  }
  for (const step of recipe.ops ?? []) applyStep(matrix, step);
  return matrix;
}

function applyStep({ rows, columns, data }: Matrix, step: RecipeStep): void {
  const row = (index: number): Float64Array => data.subarray(index * columns, (index + 1) * columns);
  const change = (cells: Float64Array, next: (value: number) => number): void => cells.set(cells.map(next));
  switch (step.op) {
    case 'set':
      data[step.i * columns + step.j] = Number(step.v);
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
    case 'abs':
      change(data, Math.abs);
      break;
  }
}

/** A matrix written out by rows. */
export function matrixFrom(rows: readonly (readonly number[])[]): Matrix {
  return { rows: rows.length, columns: rows[0]?.length ?? 0, data: Float64Array.from(rows.flat()) };
}

/** Independent standard normal numbers. */
export function normalMatrix(shape: {
  readonly rows: number;
  readonly columns: number;
  readonly seed: number;
}): Matrix {
  const { rows, columns, seed } = shape;
  const normal = normalStream(seed);
  return { rows, columns, data: Float64Array.from({ length: rows * columns }, normal) };
}
