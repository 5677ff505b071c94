import type { TensorData } from '../../models/session.js';

/** The mean of the rows of a matrix: [rows, columns] → [columns]. */
export function meanOfRows({ data, dims: [rows = 0, columns = 0] }: TensorData): TensorData {
  const mean = new Float64Array(columns);
  for (let index = 0; index < data.length; index++) mean[index % columns]! += data[index]! / rows;
  return { data: Float32Array.from(mean), dims: [columns] };
}

/** The first two axes exchanged: [a, b, c] → [b, a, c]. */
export function withFirstAxesSwapped({ data, dims }: TensorData): TensorData {
  const [a = 0, b = 0, c = 0] = dims;
  const swapped = new Float32Array(data.length);
  for (let first = 0; first < a; first++)
    for (let second = 0; second < b; second++)
      swapped.set(data.subarray((first * b + second) * c, (first * b + second + 1) * c), (second * a + first) * c);
  return { data: swapped, dims: [b, a, c] };
}
