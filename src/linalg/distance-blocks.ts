import type { TileProduct } from './kernels.js';
import type { Matrix, NumericMatrix } from './matrix.js';
import { alignmentCells, type Workspace, withWorkspace } from './workspace.js';

/** Squared distances of rows `firstX` to `endX` of x to rows `firstY` to `endY` of y. */
export interface DistanceBlock {
  readonly firstX: number;
  readonly endX: number;
  readonly firstY: number;
  readonly endY: number;
  /** Row-major: that of rows (i, j) is at `(i - firstX) * stride + j - firstY`. Overwritten for the next block. */
  readonly squared: Float64Array;
  readonly stride: number;
}

/** Rows of x and of y in a block. Multiples of four and of eight. */
const blockX = 64;
const blockY = 512;
/** Columns that are summed in float32 before the sum goes on in float64. */
const depthBlock = 256;
/** Rounding of float32: half a unit in the last place of 1. */
const roundoff = 2 ** -24;
const [rowsOfX, rowsOfY] = [4, 8] as const;

/**
 * Visits the squared Euclidean distances of all rows of `x` to all rows of `y` in blocks, |x|² + |y|² - 2xy with products
 * in float32 relative to the mean of both sets: twice as fast as in float64, and less than half of what exact differences cost. With
 * y left out it visits the pairs of rows of x: blocks that hold any pair i < j (and, within them, others as well).
 * The return value of `distanceSlack` bounds the error. Memory: both sets in float32 and one block. x and y have equal columns.
 */
export function forDistanceBlocks(
  { x, y }: { readonly x: NumericMatrix; readonly y?: NumericMatrix | undefined },
  visit: (block: DistanceBlock) => void,
): void {
  const right = y ?? x;
  const depth = x.columns;
  const cellsOfX = (blockX * Math.ceil(x.rows / blockX) * depth) / 2;
  const cellsOfY = (rowsOfY * Math.ceil(right.rows / rowsOfY) * depth) / 2;
  const blockCells = (blockX * blockY) / 2;
  withWorkspace({ cellCount: cellsOfX + cellsOfY + blockCells + 3 * alignmentCells + 3 }, (workspace) => {
    const offset = commonMean(x, right);
    const left = packSingles(workspace, x, { offset, stripRows: rowsOfX, at: workspace.reserve(cellsOfX) });
    const lanes = packSingles(workspace, right, { offset, stripRows: rowsOfY, at: workspace.reserve(cellsOfY) });
    const product: BlockProduct = { workspace, left, lanes, out: 2 * workspace.reserve(blockCells), depth };
    const squared = new Float64Array(blockX * blockY);
    for (let firstX = 0; firstX < x.rows; firstX += blockX) {
      const endX = Math.min(firstX + blockX, x.rows);
      const start = y === undefined ? firstX - (firstX % blockY) : 0;
      for (let firstY = start; firstY < right.rows; firstY += blockY) {
        const endY = Math.min(firstY + blockY, right.rows);
        const block: DistanceBlock = { firstX, endX, firstY, endY, squared, stride: blockY };
        fillBlock(product, block);
        visit(block);
      }
    }
  });
}

/**
 * How far a distance of `forDistanceBlocks` is from the exact one at most: rounding of the values (4u of |x|² + |y|²), of the products and
 * their sums (at most u for each of the columns of a float32 sum, Higham 2002, 3.1), doubled for safety.
 */
export function distanceSlack(x: NumericMatrix, y: NumericMatrix = x): number {
  const offset = commonMean(x, y);
  const terms = Math.min(x.columns, depthBlock) + 8;
  return 2 * roundoff * terms * (largestSquare(x, offset) + largestSquare(y, offset));
}

/** No squared distance of `forDistanceBlocks` exceeds this. */
export function squaredDistanceLimit(x: NumericMatrix, y: NumericMatrix = x): number {
  const offset = commonMean(x, y);
  return 2 * (largestSquare(x, offset) + largestSquare(y, offset)) + distanceSlack(x, y);
}

/**
 * The distances of a block that count: those of pairs i < j where y was left out. Calls `visit` for each row of x with
 * the distances to rows `firstY` to `endY` of y, which are at `at` of `block.squared` and after it.
 */
export function forBlockRows(
  block: DistanceBlock,
  { pairsOnly }: { readonly pairsOnly: boolean },
  visit: (row: number, columns: { readonly firstY: number; readonly endY: number; readonly at: number }) => void,
): void {
  for (let row = block.firstX; row < block.endX; row++) {
    const firstY = pairsOnly ? Math.max(block.firstY, row + 1) : block.firstY;
    if (firstY >= block.endY) continue;
    visit(row, { firstY, endY: block.endY, at: (row - block.firstX) * block.stride + firstY - block.firstY });
  }
}

interface PackedSet {
  /** In float32 values. */
  readonly at: number;
  /** |row|² of the rounded rows. */
  readonly squares: Float64Array;
}

interface BlockProduct {
  readonly workspace: Workspace;
  readonly left: PackedSet;
  readonly lanes: PackedSet;
  readonly out: number;
  readonly depth: number;
}

function commonMean(x: NumericMatrix, y: NumericMatrix): Float64Array {
  const sums = new Float64Array(x.columns);
  for (const { rows, columns, data } of x === y ? [x] : [x, y]) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) sums[column]! += data[row * columns + column]!;
    }
  }
  const rows = x === y ? x.rows : x.rows + y.rows;
  return sums.map((sum) => sum / rows);
}

function largestSquare({ rows, columns, data }: NumericMatrix, offset: Float64Array): number {
  let largest = 0;
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += (data[row * columns + column]! - offset[column]!) ** 2;
    largest = Math.max(largest, sum);
  }
  return largest;
}

interface Packing {
  readonly offset: Float64Array;
  readonly stripRows: number;
  /** In cells. */
  readonly at: number;
}

function packSingles({ singles }: Workspace, set: NumericMatrix, { offset, stripRows, at }: Packing): PackedSet {
  const { rows, columns, data } = set;
  const squares = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const lane = row % stripRows;
    const to = 2 * at + (row - lane) * columns + lane;
    let sum = 0;
    for (let k = 0; k < columns; k++) {
      const value = Math.fround(data[row * columns + k]! - offset[k]!);
      singles[to + stripRows * k] = value;
      sum += value * value;
    }
    squares[row] = sum;
  }
  return { at: 2 * at, squares };
}

function fillBlock({ workspace, left, lanes, out, depth }: BlockProduct, block: DistanceBlock): void {
  const { firstX, endX, firstY, endY, squared } = block;
  const outStep = blockX * rowsOfY;
  for (let from = 0; from < depth; from += depthBlock) {
    const tiles: TileProduct = {
      lanes: lanes.at + firstY * depth + rowsOfY * from,
      laneStep: rowsOfY * depth,
      laneStrips: Math.ceil((endY - firstY) / rowsOfY),
      rows: left.at + firstX * depth + rowsOfX * from,
      rowStep: rowsOfX * depth,
      rowStrips: Math.ceil((endX - firstX) / rowsOfX),
      out,
      outStep,
      depth: Math.min(depthBlock, depth - from),
    };
    workspace.singles.fill(0, out, out + tiles.laneStrips * outStep);
    workspace.kernels.multiplySingle(tiles);
    takeProducts(workspace.singles, out, { block, starts: from === 0 ? { left, lanes } : undefined });
  }
  if (depth === 0) squared.fill(0);
}

interface Taking {
  readonly block: DistanceBlock;
  /** The sets, where the distances start with |x|² + |y|². */
  readonly starts: { readonly left: PackedSet; readonly lanes: PackedSet } | undefined;
}

/** Takes twice the products of a block in tiles off its distances. */
function takeProducts(singles: Float32Array, out: number, { block, starts }: Taking): void {
  const { firstX, endX, firstY, endY, squared, stride } = block;
  for (let i = 0; i < endX - firstX; i++) {
    const row = i * stride;
    const square = starts?.left.squares[firstX + i] ?? 0;
    for (let j = 0; j < endY - firstY; j++) {
      const product = singles[out + (j >> 3) * blockX * rowsOfY + rowsOfY * i + (j & 7)]!;
      const before = starts === undefined ? squared[row + j]! : square + starts.lanes.squares[firstY + j]!;
      squared[row + j] = before - 2 * product;
    }
  }
}

/** The exact Σ(a - b)² of two rows, in the order of the columns: the bits of `squaredDistances`. */
export function squaredDistance(
  a: Matrix,
  b: Matrix,
  { row, other }: { readonly row: number; readonly other: number },
): number {
  const left = row * a.columns;
  const right = other * b.columns;
  let sum = 0;
  for (let k = 0; k < a.columns; k++) {
    const difference = a.data[left + k]! - b.data[right + k]!;
    sum += difference * difference;
  }
  return sum;
}
