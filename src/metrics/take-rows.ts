import { type Matrix, rowOf, zeros } from '../linalg/matrix.js';

/** The rows at the given places, in that order; a place may come more than once. */
export function takeRows(matrix: Matrix, places: ArrayLike<number>): Matrix {
  const taken = zeros(places.length, matrix.columns);
  for (let index = 0; index < places.length; index++) {
    taken.data.set(rowOf(matrix, places[index]!), index * matrix.columns);
  }
  return taken;
}
