import { readFileSync } from 'node:fs';
import type { Matrix } from '../../src/linalg/matrix.js';
import { matrixOfRows, normalStream } from '../../src/verify/metrics/metric-recipe.js';

export { type MatrixRecipe, matrixOf, normalStream, uniformStream } from '../../src/verify/metrics/metric-recipe.js';

export interface GoldenFile<Case> {
  readonly cases: readonly Case[];
}

export function readGolden<Case>(name: string): GoldenFile<Case> {
  return JSON.parse(readFileSync(new URL(`../fixtures/metrics/${name}.json`, import.meta.url), 'utf8'));
}

/** A matrix written out by rows. */
export const matrixFrom: (rows: readonly (readonly number[])[]) => Matrix = matrixOfRows;

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
