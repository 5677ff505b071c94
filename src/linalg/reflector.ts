/** The reflection 1 - scale v vᵀ with v[0] = 1 that turns a vector into (head, 0, ..., 0). */
export interface Reflector {
  readonly head: number;
  /** 0 when there is nothing to clear: the reflection is then the identity. */
  readonly scale: number;
}

/** Turns `values` into v in place (Householder; Golub & Van Loan, Matrix Computations, 5.1.1). */
export function reflectorOf(values: Float64Array): Reflector {
  const first = values[0]!;
  let tail = 0;
  for (let k = 1; k < values.length; k++) tail += values[k]! * values[k]!;
  values[0] = 1;
  if (tail === 0) return { head: first, scale: 0 };
  const length = Math.sqrt(first * first + tail);
  const head = first > 0 ? -length : length;
  const inverse = 1 / (first - head);
  for (let k = 1; k < values.length; k++) values[k]! *= inverse;
  return { head, scale: (head - first) / head };
}
