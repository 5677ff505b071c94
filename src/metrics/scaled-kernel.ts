/** Kernels of the squared distance s: exp(-γ s), 1 / (1 + γ s) and (1 + γ s)^-½. */
export type Kernel = 'gaussian' | 'iq' | 'imq';

export interface ScaledKernel {
  readonly kernel: Kernel;
  readonly bandwidth: number;
  readonly gamma: number;
}

/** Added to 2 bandwidth², as in kadtk. */
const gammaEpsilon = 1e-8;

/** The kernel with γ = 1 / (2 bandwidth² + 1e-8) as in kadtk (kad.py). */
export function scaledKernel(kernel: Kernel, bandwidth: number): ScaledKernel {
  return { kernel, bandwidth, gamma: 1 / (2 * bandwidth * bandwidth + gammaEpsilon) };
}

/** The kernel summed over squared distances; infinite ones add nothing. */
export function kernelSum(squares: Float32Array | Float64Array, { kernel, gamma }: ScaledKernel): number {
  let sum = 0;
  switch (kernel) {
    case 'gaussian':
      for (let k = 0; k < squares.length; k++) sum += Math.exp(-gamma * squares[k]!);
      return sum;
    case 'iq':
      for (let k = 0; k < squares.length; k++) sum += 1 / (1 + gamma * squares[k]!);
      return sum;
    case 'imq':
      for (let k = 0; k < squares.length; k++) sum += 1 / Math.sqrt(1 + gamma * squares[k]!);
      return sum;
  }
}

/**
 * Terms of the kernel at γ (1 + ε) as a power series of -ε, added onto `sums` for each squared distance s. With t = γ s they are
 * exp(-t) tᵏ / k!, qᵏ / (1 + t) and (1 + t)^-½ qᵏ (2k choose k) / 4ᵏ, q = t / (1 + t): none exceeds 1, so that after K terms at most
 * |ε|ᴷ / (1 - |ε|) is missing.
 */
export function addKernelTerms(sums: Float64Array, squares: Float64Array, { kernel, gamma }: ScaledKernel): void {
  const ratios = Float64Array.from(sums, (_, k) =>
    kernel === 'gaussian' ? 1 / k : kernel === 'iq' ? 1 : 1 - 1 / (2 * k),
  );
  for (let index = 0; index < squares.length; index++) {
    const t = gamma * squares[index]!;
    const start = kernel === 'gaussian' ? Math.exp(-t) : 1 / (1 + t);
    const step = kernel === 'gaussian' ? t : t * start;
    let term = kernel === 'imq' ? Math.sqrt(start) : start;
    sums[0]! += term;
    for (let k = 1; k < sums.length; k++) {
      term *= step * ratios[k]!;
      sums[k]! += term;
    }
  }
}
