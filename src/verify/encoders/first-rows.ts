import type { TensorData } from '../../models/session.js';
import type { GoldenOutput } from '../golden.js';

/** A golden file without a slice may hold the first rows only, as its shape tells. */
export function firstRows(tensor: TensorData, { shape, slice }: Pick<GoldenOutput, 'shape' | 'slice'>): TensorData {
  const [rows = 0, ...rest] = tensor.dims;
  const wanted = shape[0] ?? 0;
  if (slice !== undefined || shape.length !== tensor.dims.length || wanted >= rows) return tensor;
  return { data: tensor.data.slice(0, wanted * (tensor.data.length / rows)), dims: [wanted, ...rest] };
}
