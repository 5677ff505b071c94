import { type Outcome, ok, skipped } from '../core/outcome.js';
import { float64Of, type Matrix, type NumericMatrix } from '../linalg/matrix.js';
import { lowerMedianDistancesWithout } from '../linalg/median-distance-without.js';
import { forCentredDistanceRows } from './centred-distance-rows.js';
import {
  bandwidthRefusal,
  discrepancy,
  type KernelDistanceOptions,
  kernelDistance,
  kernelRefusal,
  pairCount,
} from './kernel-distance.js';
import { addKernelTerms, type ScaledKernel, scaledKernel } from './scaled-kernel.js';
import { takeRows } from './take-rows.js';

/** The rows of both sets by group. */
export interface GroupedSets {
  readonly reference: NumericMatrix;
  readonly evaluated: NumericMatrix;
  readonly groupOfReference: Int32Array;
  readonly groupOfEvaluated: Int32Array;
  /** Groups 0 to this are left out in turn; rows of later groups always stay. */
  readonly groupCount: number;
}

export interface KernelWithoutOptions extends KernelDistanceOptions {
  readonly bandwidth: Exclude<KernelDistanceOptions['bandwidth'], 'evaluated-kadtk'>;
}

/** Of a kernel value: what its series may leave out. */
const seriesError = 1e-16;
/** Where γ changes by more than this part, the distances are computed one by one. */
const largestChange = 0.1;

/**
 * `kernelDistance` in float64 with each group of rows left out of both sets, bandwidth included: the median of what stays is found exactly,
 * and the kernel at its γ is a power series around a common γ, whose terms are summed once for each pair of groups. Refuses as
 * `kernelDistance` does on the rows that stay. Memory: 8 bytes for each pair of groups and term, and that of the median.
 */
export function kernelDistancesWithout(sets: GroupedSets, options: KernelWithoutOptions): Outcome<readonly number[]> {
  const refusal = kernelRefusal(sets.reference, sets.evaluated);
  if (refusal !== undefined) return refusal;
  const { groupCount } = sets;
  const labels = Math.max(
    groupCount,
    1 + sets.groupOfReference.reduce(largest, -1),
    1 + sets.groupOfEvaluated.reduce(largest, -1),
  );
  const x = byGroup(sets.reference, sets.groupOfReference, labels);
  const y = byGroup(sets.evaluated, sets.groupOfEvaluated, labels);
  const sorted: SortedSets = { x, y, groupCount };
  const least = Math.min(...[x, y].map((set) => set.rows.rows - largestGroup(set, groupCount)));
  if (least < 2) return skipped(`a kernel distance needs at least 2 samples, ${least} are left`);
  const kernels = bandwidthsOf(sorted, options.bandwidth).map((bandwidth) => scaledKernel(options.kernel, bandwidth));
  for (const { bandwidth } of kernels) {
    const refused = bandwidthRefusal(options.bandwidth, bandwidth);
    if (refused !== undefined) return refused;
  }
  const gammas = kernels.map(({ gamma }) => gamma);
  const gamma = (Math.min(...gammas) + Math.max(...gammas)) / 2;
  const change = Math.max(...gammas) / gamma - 1;
  if (change > largestChange) return oneByOne(sorted, options);
  return ok(valuesOfSeries(sorted, { kernels, centre: { ...kernels[0]!, gamma }, terms: termsFor(change) }));
}

function largest(a: number, b: number): number {
  return Math.max(a, b);
}

/** A set in the order of its groups. */
interface SortedSet {
  readonly rows: Matrix;
  readonly groupOfRow: Int32Array;
  /** The first row of each group, and the number of rows. */
  readonly firstRow: Int32Array;
}

interface SortedSets {
  readonly x: SortedSet;
  readonly y: SortedSet;
  readonly groupCount: number;
}

function byGroup(set: NumericMatrix, groupOfRow: Int32Array, labels: number): SortedSet {
  const places = Array.from(groupOfRow.keys()).sort((a, b) => groupOfRow[a]! - groupOfRow[b]! || a - b);
  const firstRow = new Int32Array(labels + 1);
  for (const group of groupOfRow) firstRow[group + 1]! += 1;
  for (let group = 0; group < labels; group++) firstRow[group + 1]! += firstRow[group]!;
  return {
    rows: takeRows(float64Of(set), places),
    groupOfRow: Int32Array.from(places, (place) => groupOfRow[place]!),
    firstRow,
  };
}

function sizeOf({ firstRow }: SortedSet, group: number): number {
  return firstRow[group + 1]! - firstRow[group]!;
}

function largestGroup(set: SortedSet, groupCount: number): number {
  return Array.from({ length: groupCount }, (_, group) => sizeOf(set, group)).reduce(largest, 0);
}

function bandwidthsOf({ x, y, groupCount }: SortedSets, bandwidth: KernelWithoutOptions['bandwidth']): number[] {
  if (typeof bandwidth === 'number') return new Array<number>(groupCount).fill(bandwidth);
  const { rows, groupOfRow } = bandwidth === 'reference' ? x : y;
  return [...lowerMedianDistancesWithout(rows, { groupOfRow, groupCount })];
}

function oneByOne({ x, y, groupCount }: SortedSets, options: KernelWithoutOptions): Outcome<readonly number[]> {
  const values: number[] = [];
  for (let group = 0; group < groupCount; group++) {
    const [reference, evaluated] = [x, y].map(({ rows, groupOfRow }) =>
      takeRows(
        rows,
        [...groupOfRow.keys()].filter((row) => groupOfRow[row] !== group),
      ),
    ) as [Matrix, Matrix];
    const distance = kernelDistance(reference, evaluated, options);
    if (distance.status !== 'ok') return distance;
    values.push(distance.value.value);
  }
  return ok(values);
}

/** How many terms leave out no more than `seriesError`; see `addKernelTerms`. */
function termsFor(change: number): number {
  let terms = 1;
  for (let rest = change; rest > seriesError * (1 - change); rest *= change) terms++;
  return terms;
}

interface Series {
  /** The kernel without each group. */
  readonly kernels: readonly ScaledKernel[];
  readonly centre: ScaledKernel;
  readonly terms: number;
}

function valuesOfSeries({ x, y, groupCount }: SortedSets, { kernels, centre, terms }: Series): number[] {
  const sumsWithout = (sets: { readonly x: SortedSet; readonly y?: SortedSet }): Float64Array[] =>
    termSumsWithout(termSums(sets, { centre, terms }), { labels: x.firstRow.length - 1, groupCount, terms });
  const [withinX, withinY, across] = [sumsWithout({ x }), sumsWithout({ x: y }), sumsWithout({ x, y })] as const;
  return kernels.map(({ gamma }, group) => {
    const minusChange = 1 - gamma / centre.gamma;
    const [rowsOfX, rowsOfY] = [x, y].map((set) => set.rows.rows - sizeOf(set, group)) as [number, number];
    return discrepancy({
      withinX: seriesAt(withinX[group]!, minusChange) / pairCount(rowsOfX),
      withinY: seriesAt(withinY[group]!, minusChange) / pairCount(rowsOfY),
      across: seriesAt(across[group]!, minusChange) / (rowsOfX * rowsOfY),
    });
  });
}

function seriesAt(terms: Float64Array, at: number): number {
  return terms.reduceRight((sum, term) => sum * at + term, 0);
}

/** Sums of the terms over the pairs of rows of a group of x and of a group of y: `labels x labels x terms`. */
function termSums(
  { x, y }: { readonly x: SortedSet; readonly y?: SortedSet },
  { centre, terms }: { readonly centre: ScaledKernel; readonly terms: number },
): Float64Array {
  const { firstRow } = y ?? x;
  const labels = firstRow.length - 1;
  const sums = new Float64Array(labels * labels * terms);
  forCentredDistanceRows({ x: x.rows, y: y?.rows }, (row, distances) => {
    const group = x.groupOfRow[row]!;
    // Without y the distances begin at the row after this one.
    const start = y === undefined ? row + 1 : 0;
    for (let other = y === undefined ? group : 0; other < labels; other++) {
      const at = (group * labels + other) * terms;
      const from = Math.max(0, firstRow[other]! - start);
      addKernelTerms(sums.subarray(at, at + terms), distances.subarray(from, firstRow[other + 1]! - start), centre);
    }
  });
  return sums;
}

/** For each group the sums over all pairs of groups but those that it is part of. */
function termSumsWithout(
  sums: Float64Array,
  { labels, groupCount, terms }: { readonly labels: number; readonly groupCount: number; readonly terms: number },
): Float64Array[] {
  return Array.from({ length: groupCount }, (_, left) => {
    const rest = new Float64Array(terms);
    for (let first = 0; first < labels; first++) {
      for (let second = 0; second < labels; second++) {
        if (first === left || second === left) continue;
        const at = (first * labels + second) * terms;
        for (let k = 0; k < terms; k++) rest[k]! += sums[at + k]!;
      }
    }
    return rest;
  });
}
