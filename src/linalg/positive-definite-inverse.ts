import { type Matrix, zeros } from './matrix.js';

/** A pivot below this part of its diagonal counts as 0. */
const negligible = 1e-12;

/** The inverse of a symmetric positive definite matrix of small size, by its Cholesky factor; undefined for one that is singular to 12 digits. */
export function positiveDefiniteInverse({ rows: n, data }: Matrix): Matrix | undefined {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = data[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * n + k]! * lower[j * n + k]!;
      if (i === j && !(sum > negligible * data[i * n + i]!)) return undefined;
      lower[i * n + j] = i === j ? Math.sqrt(sum) : sum / lower[j * n + j]!;
    }
  }
  const inverse = zeros(n, n);
  for (let column = 0; column < n; column++) solveUnit({ rows: n, columns: n, data: lower }, column, inverse);
  return inverse;
}

/** Column `column` of (L Lᵀ)⁻¹. */
function solveUnit({ rows: n, data: lower }: Matrix, column: number, into: Matrix): void {
  const x = new Float64Array(n);
  for (let i = column; i < n; i++) {
    let sum = i === column ? 1 : 0;
    for (let k = column; k < i; k++) sum -= lower[i * n + k]! * x[k]!;
    x[i] = sum / lower[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let k = i + 1; k < n; k++) sum -= lower[k * n + i]! * x[k]!;
    x[i] = sum / lower[i * n + i]!;
    into.data[i * n + column] = x[i]!;
  }
}
