/** Lanes of PyTorch's vectors of float32 on AVX2, vectors that are summed side by side, and levels of partial sums. */
const lanes = 8;
const rows = 4;
const levels = 4;

/**
 * The sum of float32 samples as PyTorch takes it on an AVX2 processor: every step rounded to float32, in its order (ATen 2.5.1,
 * native/cpu/SumKernel.cpp, `vectorized_inner_sum`, `row_sum` and `multi_row_sum`). A mean that is subtracted from a sound decides how each
 * sample is rounded, and with that the energies that are nearly 0.
 */
export function float32Sum(samples: Float32Array): number {
  const width = lanes * rows;
  const steps = Math.floor(samples.length / width);
  const sums = cascade(samples, steps);
  const vectors = Math.floor(samples.length / lanes);
  for (let vector = steps * rows; vector < vectors; vector++) addTo(sums, samples.subarray(vector * lanes), lanes);
  for (let row = 1; row < rows; row++) addTo(sums, sums.subarray(row * lanes), lanes);
  let sum = 0;
  for (let n = vectors * lanes; n < samples.length; n++) sum = Math.fround(sum + samples[n]!);
  for (let lane = 0; lane < lanes; lane++) sum = Math.fround(sum + sums[lane]!);
  return sum;
}

/** Sums of every `lanes * rows`-th sample: short sums are added up to longer ones, which loses less than one long sum. */
function cascade(samples: Float32Array, steps: number): Float32Array {
  const width = lanes * rows;
  const power = Math.max(4, Math.floor(ceilLog2(steps) / levels));
  const run = 1 << power;
  const sums = Array.from({ length: levels }, () => new Float32Array(width));
  let step = 0;
  while (step + run <= steps) {
    for (const end = step + run; step < end; step++) addTo(sums[0]!, samples.subarray(step * width), width);
    for (let level = 1; level < levels; level++) {
      addTo(sums[level]!, sums[level - 1]!, width);
      sums[level - 1]!.fill(0);
      if ((step & ((run - 1) << (level * power))) !== 0) break;
    }
  }
  for (; step < steps; step++) addTo(sums[0]!, samples.subarray(step * width), width);
  for (let level = 1; level < levels; level++) addTo(sums[0]!, sums[level]!, width);
  return sums[0]!;
}

function addTo(sums: Float32Array, addends: Float32Array, count: number): void {
  for (let index = 0; index < count; index++) sums[index] = sums[index]! + addends[index]!;
}

function ceilLog2(value: number): number {
  return value <= 1 ? 0 : 32 - Math.clz32(value - 1);
}
