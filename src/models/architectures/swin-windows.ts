/**
 * Orders of the tokens of a square grid for attention within square windows (Liu et al. 2021, arXiv:2103.14030, section 3.2). An order
 * lists, place after place, which token of the grid (row after row) stands there.
 */
export type TokenOrder = readonly number[];

export interface WindowGrid {
  /** Tokens along each side of the grid; a multiple of `window`. */
  readonly side: number;
  /** Tokens along each side of a window. */
  readonly window: number;
  /** By how many tokens the windows are moved down and right, around the edges. */
  readonly shift: number;
}

/** Window after window, and row after row within each. */
export function windowOrder({ side, window, shift }: WindowGrid): TokenOrder {
  return Array.from({ length: side * side }, (_, place) => {
    const { row, column } = gridPlace(place, { side, window });
    return ((row + shift) % side) * side + ((column + shift) % side);
  });
}

/** Row after row. */
export function rasterOrder(side: number): TokenOrder {
  return Array.from({ length: side * side }, (_, place) => place);
}

/** For each place of `to`, the place of the same token in `from`: the indices of a Gather that brings tokens from one order to the other. */
export function reorder(from: TokenOrder, to: TokenOrder): number[] {
  const places = new Map(from.map((token, place) => [token, place]));
  return to.map((token) => places.get(token)!);
}

/**
 * For a grid of half the side in the order `merged`, the tokens of the full grid that become one, four after the other: upper left, lower
 * left, upper right, lower right (htsat.py, `PatchMerging`).
 */
export function mergedOrder(merged: TokenOrder, side: number): TokenOrder {
  return merged.flatMap((token) => {
    const row = 2 * Math.floor(token / (side / 2));
    const column = 2 * (token % (side / 2));
    const upper = row * side + column;
    return [upper, upper + side, upper + 1, upper + side + 1];
  });
}

/**
 * What is added to the scores of a shifted grid, [windows, tokens, tokens]: -100 between tokens that only the move around the edges has
 * made neighbours, else 0.
 */
export function shiftMask(grid: WindowGrid): Float32Array {
  const { side, window } = grid;
  const inWindow = window * window;
  const regions = Array.from({ length: side * side }, (_, place) => regionAt(gridPlace(place, grid), grid));
  return Float32Array.from({ length: side * side * inWindow }, (_, cell) => {
    const query = Math.floor(cell / inWindow);
    const key = Math.floor(query / inWindow) * inWindow + (cell % inWindow);
    return regions[query] === regions[key] ? 0 : -100;
  });
}

/** For query and key of a window, row-major, the row of the table of relative positions. */
export function relativePositions(window: number): number[] {
  const inWindow = window * window;
  return Array.from({ length: inWindow * inWindow }, (_, cell) => {
    const [query, key] = [Math.floor(cell / inWindow), cell % inWindow];
    const rows = Math.floor(query / window) - Math.floor(key / window) + window - 1;
    return rows * (2 * window - 1) + (query % window) - (key % window) + window - 1;
  });
}

/** Where a place of the window order lies in the (shifted) grid. */
function gridPlace(place: number, { side, window }: Pick<WindowGrid, 'side' | 'window'>): GridPlace {
  const inWindow = window * window;
  const [windowIndex, within] = [Math.floor(place / inWindow), place % inWindow];
  const perRow = side / window;
  return {
    row: Math.floor(windowIndex / perRow) * window + Math.floor(within / window),
    column: (windowIndex % perRow) * window + (within % window),
  };
}

interface GridPlace {
  readonly row: number;
  readonly column: number;
}

/** 0 to 8: which part of the grid, cut at the last window and at the shift, a place belongs to. */
function regionAt({ row, column }: GridPlace, { side, window, shift }: WindowGrid): number {
  const part = (at: number): number => (at < side - window ? 0 : at < side - shift ? 1 : 2);
  return 3 * part(row) + part(column);
}
