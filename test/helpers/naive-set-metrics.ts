import type { Matrix } from '../../src/linalg/matrix.js';

/**
 * Set metrics by their definitions, in other ways than the project's: plain lists, no blocks, no factors, matrix roots by iteration.
 */

export type Rows = readonly (readonly number[])[];

export function rowsOf({ rows, columns, data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)]);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const average = (values: readonly number[]): number => sum(values) / values.length;
const dot = (a: readonly number[], b: readonly number[]): number => sum(a.map((value, index) => value * b[index]!));
const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, index) => value - b[index]!));
const column = (rows: Rows, index: number): number[] => rows.map((row) => row[index]!);
const pairsOf = (rows: Rows): [readonly number[], readonly number[]][] =>
  rows.flatMap((a, i) => rows.slice(i + 1).map((b): [readonly number[], readonly number[]] => [a, b]));

const product = (a: Rows, b: Rows): number[][] => a.map((row) => b[0]!.map((_, index) => dot(row, column(b, index))));
const trace = (a: Rows): number => sum(a.map((row, index) => row[index]!));

function inverse(a: Rows): number[][] {
  const n = a.length;
  const work = a.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < n; i++) {
    let pivot = i;
    for (let r = i + 1; r < n; r++) if (Math.abs(work[r]![i]!) > Math.abs(work[pivot]![i]!)) pivot = r;
    [work[i], work[pivot]] = [work[pivot]!, work[i]!];
    const scale = work[i]![i]!;
    work[i] = work[i]!.map((value) => value / scale);
    for (let r = 0; r < n; r++) {
      if (r === i) continue;
      const factor = work[r]![i]!;
      work[r] = work[r]!.map((value, j) => value - factor * work[i]![j]!);
    }
  }
  return work.map((row) => row.slice(n));
}

/** The root of a matrix by the iteration of Denman and Beavers; needs full rank. */
function root(a: Rows): number[][] {
  let y = a.map((row) => [...row]);
  let z = a.map((row, i) => row.map((_, j): number => (i === j ? 1 : 0)));
  for (let step = 0; step < 60; step++) {
    const [inverseY, inverseZ] = [inverse(y), inverse(z)];
    [y, z] = [
      y.map((row, i) => row.map((value, j) => (value + inverseZ[i]![j]!) / 2)),
      z.map((row, i) => row.map((value, j) => (value + inverseY[i]![j]!) / 2)),
    ];
  }
  return y;
}

function gaussian(rows: Rows): { means: number[]; covariance: number[][] } {
  const means = rows[0]!.map((_, index) => average(column(rows, index)));
  const centred = rows.map((row) => row.map((value, index) => value - means[index]!));
  const covariance = means.map((_, i) =>
    means.map((__, j) => dot(column(centred, i), column(centred, j)) / (rows.length - 1)),
  );
  return { means, covariance };
}

/** With its terms; for more rows than columns. */
export function naiveFrechet(
  x: Rows,
  y: Rows,
): { fd: number; mean_term: number; tr1: number; tr2: number; tr_sqrt: number } {
  const [a, b] = [gaussian(x), gaussian(y)];
  const mean_term = distance(a.means, b.means) ** 2;
  const [tr1, tr2] = [trace(a.covariance), trace(b.covariance)];
  const tr_sqrt = trace(root(product(a.covariance, b.covariance)));
  return { fd: mean_term + tr1 + tr2 - 2 * tr_sqrt, mean_term, tr1, tr2, tr_sqrt };
}

export const naiveKernels = {
  gaussian: (gamma: number, d: number): number => Math.exp(-gamma * d * d),
  iq: (gamma: number, d: number): number => 1 / (1 + gamma * d * d),
  imq: (gamma: number, d: number): number => (1 + gamma * d * d) ** -0.5,
} as const;

export function naiveLowerMedian(rows: Rows): number {
  const distances = pairsOf(rows).map(([a, b]) => distance(a, b));
  distances.sort((a, b) => a - b);
  return distances[Math.ceil(distances.length / 2) - 1]!;
}

export function naiveKernelDistance(
  x: Rows,
  y: Rows,
  options: { kernel: keyof typeof naiveKernels; bandwidth: number },
): number {
  const gamma = 1 / (2 * options.bandwidth ** 2 + 1e-8);
  const value = (a: readonly number[], b: readonly number[]): number =>
    naiveKernels[options.kernel](gamma, distance(a, b));
  const within = (rows: Rows): number => average(pairsOf(rows).map(([a, b]) => value(a, b)));
  return 100 * (within(x) + within(y) - 2 * average(x.flatMap((a) => y.map((b) => value(a, b)))));
}

export function naiveNeighbourhoods(
  real: Rows,
  fake: Rows,
  { k, inside }: { k: number; inside: (distance: number, radius: number) => boolean },
): { precision: number; recall: number; density: number; coverage: number } {
  const radii = (rows: Rows): number[] =>
    rows.map(
      (a, i) =>
        rows
          .filter((_, j) => j !== i)
          .map((b) => distance(a, b))
          .sort((p, q) => p - q)[k - 1]!,
    );
  const [realRadii, fakeRadii] = [radii(real), radii(fake)];
  const share = (found: readonly boolean[]): number => found.filter(Boolean).length / found.length;
  const holds = (a: readonly number[], radius: number, b: readonly number[]): boolean => inside(distance(a, b), radius);
  return {
    precision: share(fake.map((b) => real.some((a, i) => holds(a, realRadii[i]!, b)))),
    recall: share(real.map((a) => fake.some((b, j) => holds(b, fakeRadii[j]!, a)))),
    density: sum(fake.map((b) => real.filter((a, i) => holds(a, realRadii[i]!, b)).length)) / (k * fake.length),
    coverage: share(real.map((a, i) => fake.some((b) => holds(a, realRadii[i]!, b)))),
  };
}

/** Vendi score of order 2 without eigenvalues: n² / Σ cos². */
export function naiveVendiOfOrder2(rows: Rows): number {
  const cosine = (a: readonly number[], b: readonly number[]): number => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  return rows.length ** 2 / sum(rows.flatMap((a) => rows.map((b) => cosine(a, b) ** 2)));
}

export function naivePairwise(rows: Rows): { mean_pairwise_cosine_distance: number; mean_pairwise_euclidean: number } {
  const pairs = pairsOf(rows);
  return {
    mean_pairwise_cosine_distance: average(pairs.map(([a, b]) => 1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)))),
    mean_pairwise_euclidean: average(pairs.map(([a, b]) => distance(a, b))),
  };
}

export function softmax(logits: readonly number[]): number[] {
  const powers = logits.map(Math.exp);
  return powers.map((power) => power / sum(powers));
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const kl = (p: readonly number[], q: readonly number[]): number =>
  sum(p.map((value, i) => value * Math.log(value / q[i]!)));
const raised = (p: readonly number[], by: number): number[] => p.map((value) => value + by);

/** All values of a KL case under the fixture's names; for logits of moderate size. */
export function naiveKl(truth: Rows, generated: Rows): Record<string, unknown> {
  const over = (f: (t: readonly number[], g: readonly number[]) => number): number[] =>
    truth.map((t, i) => f(t, generated[i]!));
  const softmaxKl =
    (epsilon: number) =>
    (t: readonly number[], g: readonly number[]): number =>
      kl(softmax(t), raised(softmax(g), epsilon));
  const sigmoidKl =
    (epsilon: number) =>
    (t: readonly number[], g: readonly number[]): number =>
      kl(t.map(sigmoid), raised(g.map(sigmoid), epsilon));
  const absent = (t: readonly number[], g: readonly number[]): number =>
    kl(
      t.map((x) => 1 - sigmoid(x)),
      g.map((x) => 1 - sigmoid(x)),
    );
  const shannon = (t: readonly number[], g: readonly number[]): number => {
    const [p, q] = [softmax(t), softmax(g)];
    const middle = p.map((value, i) => (value + q[i]!) / 2);
    return (kl(p, middle) + kl(q, middle)) / 2;
  };
  const reversed =
    (f: (t: readonly number[], g: readonly number[]) => number) =>
    (t: readonly number[], g: readonly number[]): number =>
      f(g, t);
  const [pq, qp] = [average(over(softmaxKl(1e-6))), average(over(reversed(softmaxKl(1e-6))))];
  return {
    kl_gt_gen_eps0: average(over(softmaxKl(0))),
    kl_gen_gt_eps0: average(over(reversed(softmaxKl(0)))),
    kl_gt_gen_eps1e6: pq,
    kl_gen_gt_eps1e6: qp,
    sigmoid_audioldm_eval: average(over(sigmoidKl(1e-6))),
    sigmoid_av_benchmark: average(over(sigmoidKl(0))),
    bernoulli_kl_gt_gen: average(over(sigmoidKl(0))) + average(over(absent)),
    jensen_shannon: average(over(shannon)),
    per_item_kl_gt_gen_eps0: over(softmaxKl(0)).slice(0, 5),
    audiocraft: { kld_pq: pq, kld_qp: qp, kld_both: pq + qp },
  };
}

/** Without shuffling. */
export function naiveInception(logits: Rows, splits: number): { mean: number; std_ddof0: number; per_split: number[] } {
  const per_split = Array.from({ length: splits }, (_, split) => {
    const bounds = [split, split + 1].map((edge) => Math.floor((edge * logits.length) / splits));
    const part = logits.slice(bounds[0], bounds[1]).map(softmax);
    const marginal = part[0]!.map((_, index) => average(column(part, index)));
    return Math.exp(average(part.map((p) => kl(p, marginal))));
  });
  const mean = average(per_split);
  return { mean, std_ddof0: Math.sqrt(average(per_split.map((score) => (score - mean) ** 2))), per_split };
}
