import type { TileProduct } from './kernels.js';
import { type Strips, stripRows } from './strips.js';
import type { Workspace } from './workspace.js';

/** Columns taken at a time: a strip of each side then stays in a 32 KiB cache. */
const depthBlock = 256;
/** Strips of `rows` taken at a time: with `depthBlock` 128 KiB, which stays in the second-level cache. */
const rowBlock = 16;

export interface StripProduct {
  readonly lanes: Strips;
  readonly rows: Strips;
  /** As many strips as `lanes`, at least four columns for each strip of `rows`. */
  readonly out: Strips;
  /** Columns of `lanes` and `rows` that are summed over. */
  readonly depth: number;
  /** Leaves out tiles above the diagonal of `out`, but for some near it. */
  readonly lowerOnly?: boolean;
  /** For each strip the columns before its first value other than 0. */
  readonly laneZeros?: Int32Array;
  readonly rowZeros?: Int32Array;
}

/** out += lanes · rowsᵀ, all in strips. Columns where one side is known to be zero are not visited. */
export function addStripProduct({ kernels }: Workspace, product: StripProduct): void {
  const { rows, depth, rowZeros } = product;
  for (let first = 0; first < rows.count; first += rowBlock) {
    const end = Math.min(first + rowBlock, rows.count);
    const zeros = rowZeros?.subarray(first, end).reduce((a, b) => Math.min(a, b), depth) ?? 0;
    for (let from = zeros; from < depth; from += depthBlock) {
      kernels.multiply(tilesOf(product, { first, end, from, to: Math.min(from + depthBlock, depth) }));
    }
  }
}

/** Strips `first` to `end` of the rows, columns `from` to `to` of both sides. */
interface Block {
  readonly first: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

function tilesOf(product: StripProduct, { first, end, from, to }: Block): TileProduct {
  const { lanes, rows, out, lowerOnly, laneZeros } = product;
  const firstLane = lowerOnly ? first : 0;
  let endLane = lanes.count;
  if (laneZeros !== undefined) while (endLane > firstLane && laneZeros[endLane - 1]! >= to) endLane--;
  const [laneStep, rowStep, outStep] = [lanes, rows, out].map(({ columns }) => stripRows * columns) as [
    number,
    number,
    number,
  ];
  return {
    lanes: lanes.at + firstLane * laneStep + stripRows * from,
    laneStep,
    laneStrips: endLane - firstLane,
    rows: rows.at + first * rowStep + stripRows * from,
    rowStep,
    rowStrips: end - first,
    out: out.at + firstLane * outStep + first * stripRows * stripRows,
    outStep,
    depth: to - from,
  };
}
