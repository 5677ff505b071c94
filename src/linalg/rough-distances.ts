import {
  blockWorkspaceCells,
  blockX,
  type DistanceBlock,
  reserveBlock,
  tileLanes,
  visitBlocks,
} from './distance-block.js';
import { singleAbove, singleBelow } from './distance-bounds.js';
import type { RoughRows } from './rough-rows.js';
import { alignmentCells, type Workspace, withWorkspace } from './workspace.js';

/** Pairs of columns that are summed at a time: a strip of each side then stays in the cache. */
const depthBlock = 256;
/** Rows of x in a strip. */
const stripRows = 4;

/**
 * `forDistanceBlocks` of rows in 16-bit integers: half the time. What is visited is the distance of the rounded rows; `roughReach` and
 * `roughCore` say what it tells of the exact one. Both sets have the same offset and equal columns.
 */
export function forRoughDistanceBlocks(
  { x, y }: { readonly x: RoughRows; readonly y?: RoughRows | undefined },
  visit: (block: DistanceBlock) => void,
): void {
  const right = y ?? x;
  const depth = Math.ceil(x.columns / 2);
  const sides = [
    { set: x, rowStep: blockX, stripRows },
    { set: right, rowStep: tileLanes, stripRows: tileLanes },
  ] as const;
  const cellCount = sides.reduce((sum, side) => sum + sideCells(side, depth), blockWorkspaceCells);
  withWorkspace({ cellCount }, (workspace) => {
    const [left, lanes] = sides.map((side) => packSide(workspace, side, depth)) as [PackedSide, PackedSide];
    // |x|² + |y|² - 2xy: the two goes with the units of one side.
    for (let row = 0; row < x.rows; row++) workspace.singles[left.units + row]! *= 2;
    const places = reserveBlock(workspace);
    const fill = (block: DistanceBlock): void =>
      fillBlock({ workspace, tiles: places.tiles, left, lanes, depth }, block);
    visitBlocks({ workspace, places, rows: x.rows, otherRows: y?.rows, fill }, visit);
  });
}

interface Side {
  readonly set: RoughRows;
  /** Rows are filled up to a multiple of this. */
  readonly rowStep: number;
  readonly stripRows: number;
}

/** Positions in values of four bytes: pairs of integers, squares and units of the rows. */
interface PackedSide {
  readonly at: number;
  readonly squares: number;
  readonly units: number;
}

function paddedRows({ set, rowStep }: Side): number {
  return rowStep * Math.ceil(set.rows / rowStep);
}

function sideCells(side: Side, depth: number): number {
  return paddedRows(side) * (depth / 2 + 1) + 3 * alignmentCells;
}

function packSide(workspace: Workspace, side: Side, depth: number): PackedSide {
  const { set, stripRows: lanes } = side;
  const rows = paddedRows(side);
  const reserve = (values: number): number => 2 * workspace.reserve(values / 2);
  const packed = { at: reserve(rows * depth), squares: reserve(rows), units: reserve(rows) };
  const { singles, shorts } = workspace;
  for (let row = 0; row < set.rows; row++) {
    const lane = row % lanes;
    const to = 2 * (packed.at + (row - lane) * depth + lane);
    const from = row * set.columns;
    for (let k = 0; k < set.columns; k++) shorts[to + 2 * lanes * (k >> 1) + (k & 1)] = set.integers[from + k]!;
  }
  // After the last row, so that nothing is near what is no row.
  singles.fill(Number.POSITIVE_INFINITY, packed.squares, packed.squares + rows);
  singles.set(set.squares, packed.squares);
  singles.set(set.units, packed.units);
  return packed;
}

interface BlockProduct {
  readonly workspace: Workspace;
  readonly tiles: number;
  readonly left: PackedSide;
  readonly lanes: PackedSide;
  readonly depth: number;
}

function fillBlock(product: BlockProduct, { firstX, endX, firstY, endY, squared }: DistanceBlock): void {
  const { workspace, tiles, left, lanes, depth } = product;
  const laneStrips = Math.ceil((endY - firstY) / tileLanes);
  squared.fill(0);
  for (let from = 0; from < depth; from += depthBlock) {
    workspace.kernels.multiplyPairs({
      lanes: lanes.at + firstY * depth + tileLanes * from,
      laneStep: tileLanes * depth,
      laneStrips,
      rows: left.at + firstX * depth + stripRows * from,
      rowStep: stripRows * depth,
      rowStrips: Math.ceil((endX - firstX) / stripRows),
      out: tiles,
      outStep: blockX * tileLanes,
      depth: Math.min(depthBlock, depth - from),
    });
  }
  workspace.kernels.roughDistances({
    ...{ tiles, rows: blockX, laneStrips },
    ...{ left: left.squares + firstX, lanes: lanes.squares + firstY },
    ...{ leftScales: left.units + firstX, laneScales: lanes.units + firstY },
  });
}

/** Rounding of float32: half a unit in the last place of 1. */
const roundoff = 2 ** -24;
/** Below this, float32 numbers have fewer digits than `roundoff` takes for granted. */
const leastSquare = 2 ** -100;

/** A row of one of two sets, and a distance from it. */
export interface RoughBound {
  /** Its norm, relative to the offset. */
  readonly norm: number;
  readonly distance: number;
  /** The larger `largestError` of the two sets. */
  readonly largestError: number;
}

/**
 * Where the exact distance is at most `distance`, the visited square is below this. With e for `largestError`, rounding moves the row by e norm
 * and the other one, which is no longer than norm + distance, by e of that (the triangle inequality does the rest).
 */
export function roughReach({ norm, distance, largestError }: RoughBound): number {
  const far = distance * (1 + largestError) + 2 * largestError * norm;
  return singleAbove(far * far + arithmeticError({ norm, distance, largestError }));
}

/** Where the visited square is below this, the exact distance is below `distance`; -Infinity where nothing can be said. */
export function roughCore({ norm, distance, largestError }: RoughBound): number {
  const near = distance * (1 - largestError) - 2 * largestError * norm;
  const square = near * near - arithmeticError({ norm, distance, largestError });
  return near > 0 && square > 0 ? singleBelow(square) : Number.NEGATIVE_INFINITY;
}

/** Of |x|² + |y|² - 2xy in float32: eight roundings of at most |x|² + |y|², doubled for safety. */
function arithmeticError({ norm, distance, largestError }: RoughBound): number {
  const squares = (1 + largestError) ** 2 * (norm ** 2 + (norm + distance) ** 2);
  return 16 * roundoff * squares + leastSquare;
}
