import { alignmentCells, type Workspace } from './workspace.js';

/** Rows of x, a power of two, and of y in a block. Multiples of four and of eight. */
export const blockX = 64;
export const blockY = 512;
/** Rows of y beside each other in a tile, a power of two. */
export const tileLanes = 8;

/** Squared distances of rows `firstX` to `endX` of x to rows `firstY` to `endY` of y. */
export interface DistanceBlock {
  readonly firstX: number;
  readonly endX: number;
  readonly firstY: number;
  readonly endY: number;
  /**
   * In the order of `rowAt` and `otherAt`, a multiple of eight values; Infinity stands where there is no pair. Overwritten for the next block.
   */
  readonly squared: Float32Array;
  /** The row of x and the row of y of a position in `squared`. */
  rowAt(position: number): number;
  otherAt(position: number): number;
  /** The positions of distances from `from` on and below the limit of their row of x or of their row of y. Overwritten as `squared`. */
  listWithin(limits: BlockLimits): Int32Array;
  countBelow(limit: number): number;
  /** Σ exp(-gamma d²), each to about 1e-7. */
  gaussianSum(gamma: number): number;
}

export interface BlockLimits {
  readonly from: number;
  /** A limit for each row of the set, or for all. */
  readonly x: number | Float32Array;
  readonly y: number | Float32Array;
}

/** Where a block lies in float32 values: its tiles, limits of its rows and the list. */
export interface BlockPlaces {
  readonly tiles: number;
  readonly left: number;
  readonly lanes: number;
  readonly list: number;
}

const [laneBits, rowBits] = [Math.log2(tileLanes), Math.log2(blockX)];

/** Cells of the workspace that a block needs. */
export const blockWorkspaceCells: number = blockX * blockY + blockX / 2 + blockY / 2 + 4 * alignmentCells;

export function reserveBlock(workspace: Workspace): BlockPlaces {
  const reserve = (cells: number): number => 2 * workspace.reserve(cells);
  return {
    tiles: reserve((blockX * blockY) / 2),
    left: reserve(blockX / 2),
    lanes: reserve(blockY / 2),
    list: reserve((blockX * blockY) / 2),
  };
}

type BlockRange = Pick<DistanceBlock, 'firstX' | 'endX' | 'firstY' | 'endY'>;

/** The block whose distances are at `places`. */
export function blockOver(workspace: Workspace, places: BlockPlaces, range: BlockRange): DistanceBlock {
  const { singles, integers, kernels } = workspace;
  const { firstX, firstY, endY } = range;
  const laneStrips = Math.ceil((endY - firstY) / tileLanes);
  const values = { at: places.tiles, count: laneStrips * blockX * tileLanes };
  return {
    ...range,
    squared: singles.subarray(values.at, values.at + values.count),
    // Whole divisions by powers of two, which shifts do in a fraction of the time.
    rowAt: (position) => firstX + ((position >> laneBits) & (blockX - 1)),
    otherAt: (position) => firstY + ((position >> (laneBits + rowBits)) << laneBits) + (position & (tileLanes - 1)),
    listWithin({ from, x, y }) {
      setLimits(singles, places.left, { limits: x, first: firstX, count: blockX });
      setLimits(singles, places.lanes, { limits: y, first: firstY, count: laneStrips * tileLanes });
      const count = kernels.listWithin({ ...places, rows: blockX, laneStrips, from });
      return integers.subarray(places.list, places.list + count);
    },
    countBelow: (limit) => kernels.countBelow({ ...values, limit }),
    gaussianSum: (gamma) => kernels.sumPowers({ ...values, rate: -gamma * Math.LOG2E }),
  };
}

interface Limits {
  readonly limits: number | Float32Array;
  readonly first: number;
  readonly count: number;
}

/** Rows after the last of the set keep what limit there was: their distances are infinite. */
function setLimits(singles: Float32Array, at: number, { limits, first, count }: Limits): void {
  if (typeof limits === 'number') singles.fill(limits, at, at + count);
  else singles.set(limits.subarray(first, first + count), at);
}

/** Blocks of one computation. */
export interface BlockOrder {
  readonly workspace: Workspace;
  readonly places: BlockPlaces;
  readonly rows: number;
  /** Of the other set; left out to visit each pair of rows of one set once. */
  readonly otherRows?: number | undefined;
  /** Puts the distances of a block into its places. */
  readonly fill: (block: DistanceBlock) => void;
}

/** Visits the blocks one after the other. */
export function visitBlocks(
  { workspace, places, rows, otherRows, fill }: BlockOrder,
  visit: (block: DistanceBlock) => void,
): void {
  const end = otherRows ?? rows;
  for (let firstX = 0; firstX < rows; firstX += blockX) {
    const endX = Math.min(firstX + blockX, rows);
    for (let firstY = otherRows === undefined ? firstX : 0; firstY < end; firstY += blockY) {
      const block = blockOver(workspace, places, { firstX, endX, firstY, endY: Math.min(firstY + blockY, end) });
      fill(block);
      if (otherRows === undefined) keepPairs(block);
      visit(block);
    }
  }
}

/** Leaves the pairs of a row of x and a later one. */
function keepPairs({ firstX, endX, firstY, endY, squared }: DistanceBlock): void {
  for (let other = firstY; other < Math.min(endX, endY); other++) {
    const lane = other - firstY;
    const at = tileLanes * blockX * Math.floor(lane / tileLanes) + (lane % tileLanes);
    for (let row = Math.max(firstX, other); row < endX; row++) {
      squared[at + tileLanes * (row - firstX)] = Number.POSITIVE_INFINITY;
    }
  }
}
