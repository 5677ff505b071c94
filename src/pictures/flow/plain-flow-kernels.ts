import { type Cells, startSums, sumPlaces } from './column-sums.js';
import { expansionReach } from './expansion-weights.js';
import { averagingReach, averagingShare, determinantFloor, margin } from './flow-constants.js';
import type { Expansion, FlowKernels, FlowSolution, LevelSize, TensorUpdate } from './flow-kernels.js';

const f32 = Math.fround;

/**
 * The kernels in plain JavaScript, for where WebAssembly has no vectors: the same operations in the same order, hence the same bits. What is rounded to
 * float32, and when, is as in OpenCV 5.0 (`modules/video/src/optflowgf.cpp`).
 */
export function plainFlowKernels(buffer: ArrayBuffer): FlowKernels {
  const [singles, doubles] = [new Float32Array(buffer), new Float64Array(buffer)];
  return {
    expand: (size, expansion) => expand(singles, size, expansion),
    updateTensors: (size, update) => updateTensors(singles, size, update),
    solve: (size, solution) => solve({ singles, doubles }, size, solution),
  };
}

function expand(singles: Float32Array, size: LevelSize, expansion: Expansion): void {
  for (let row = 0; row < size.heightPx; row++) {
    filterDown(singles, { ...size, row }, expansion);
    fitRow(singles, { ...size, row }, expansion);
  }
}

interface RowOf extends LevelSize {
  readonly row: number;
}

/** Filters downwards by all three weights, and repeats the outermost pixels. */
function filterDown(cells: Float32Array, { widthPx, heightPx, stridePx, row }: RowOf, expansion: Expansion): void {
  const { image, weights, rows } = expansion;
  const step = stridePx + 2 * margin;
  const flatRow = rows + margin;
  const [linearRow, squareRow] = [flatRow + step, flatRow + 2 * step];
  for (let x = 0; x < stridePx; x++) {
    let flat = f32(cells[image + row * stridePx + x]! * cells[weights]!);
    let [linear, square] = [0, 0];
    for (let k = 1; k <= expansionReach; k++) {
      const above = cells[image + Math.max(0, row - k) * stridePx + x]!;
      const below = cells[image + Math.min(heightPx - 1, row + k) * stridePx + x]!;
      const sum = f32(above + below);
      flat = f32(flat + f32(cells[weights + k]! * sum));
      linear = f32(linear + f32(cells[weights + 6 + k]! * f32(below - above)));
      square = f32(square + f32(cells[weights + 12 + k]! * sum));
    }
    cells[flatRow + x] = flat;
    cells[linearRow + x] = linear;
    cells[squareRow + x] = square;
  }
  for (const start of [flatRow, linearRow, squareRow]) {
    cells.fill(cells[start]!, start - margin, start);
    cells.fill(cells[start + widthPx - 1]!, start + widthPx, start + stridePx + margin);
  }
}

function fitRow(cells: Float32Array, { stridePx, row }: RowOf, expansion: Expansion): void {
  const { weights, rows, coefficients, slope, constantCurvature, curvature, twist } = expansion;
  const step = stridePx + 2 * margin;
  for (let x = 0; x < stridePx; x++) {
    const flatAt = rows + margin + x;
    const [linearAt, squareAt] = [flatAt + step, flatAt + 2 * step];
    let constant = f32(cells[flatAt]! * cells[weights]!);
    let byY = f32(cells[linearAt]! * cells[weights]!);
    let byYy = f32(cells[squareAt]! * cells[weights]!);
    let [byX, byXx, byXy] = [0, 0, 0];
    for (let k = 1; k <= expansionReach; k++) {
      const flat = cells[weights + k]!;
      const linear = cells[weights + 6 + k]!;
      const sum = f32(cells[flatAt + k]! + cells[flatAt - k]!);
      constant += sum * flat;
      byXx += sum * cells[weights + 12 + k]!;
      byX += f32(f32(cells[flatAt + k]! - cells[flatAt - k]!) * linear);
      byY += f32(f32(cells[linearAt + k]! + cells[linearAt - k]!) * flat);
      byXy += f32(f32(cells[linearAt + k]! - cells[linearAt - k]!) * linear);
      byYy += f32(f32(cells[squareAt + k]! + cells[squareAt - k]!) * flat);
    }
    const at = row * stridePx + x;
    const quad = coefficients.quads + 4 * at;
    cells[quad] = byY * slope;
    cells[quad + 1] = byX * slope;
    cells[quad + 2] = constant * constantCurvature + byYy * curvature;
    cells[quad + 3] = constant * constantCurvature + byXx * curvature;
    cells[coefficients.fifths + at] = byXy * twist;
  }
}

function updateTensors(cells: Float32Array, size: LevelSize, update: TensorUpdate): void {
  const { flow, tensors, columnWeights, rowWeights } = update;
  for (let y = 0; y < size.heightPx; y++) {
    for (let x = 0; x < size.widthPx; x++) {
      const at = y * size.stridePx + x;
      const [dx, dy] = [cells[flow + 2 * at]!, cells[flow + 2 * at + 1]!];
      const { slopeY, slopeX, yy, xx, xy } = bothExpansions(cells, { ...size, x, y }, update);
      const weight = f32(cells[columnWeights + x]! * cells[rowWeights + y]!);
      const byY = f32(f32(slopeY + f32(f32(yy * dy) + f32(xy * dx))) * weight);
      const byX = f32(f32(slopeX + f32(f32(xy * dy) + f32(xx * dx))) * weight);
      const [ayy, axx, axy] = [f32(yy * weight), f32(xx * weight), f32(xy * weight)];
      const out = tensors.quads + 4 * at;
      cells[out] = f32(ayy * ayy) + f32(axy * axy);
      cells[out + 1] = f32(ayy + axx) * axy;
      cells[out + 2] = f32(axx * axx) + f32(axy * axy);
      cells[out + 3] = f32(ayy * byY) + f32(axy * byX);
      cells[tensors.fifths + at] = f32(axy * byY) + f32(axx * byX);
    }
  }
}

interface PixelOf extends LevelSize {
  readonly x: number;
  readonly y: number;
}

/** Half the difference of the slopes, and the mean of the matrices: Farnebäck's equations 9 and 10, with b still without A times the flow. */
interface PixelEquation {
  readonly slopeY: number;
  readonly slopeX: number;
  readonly yy: number;
  readonly xx: number;
  readonly xy: number;
}

/** Reads the first expansion at a pixel and the second, bilinearly, where the flow leads; what leaves the picture is held against nothing. */
function bothExpansions(cells: Float32Array, pixel: PixelOf, { first, second, flow }: TensorUpdate): PixelEquation {
  const { widthPx, heightPx, stridePx, x, y } = pixel;
  const at = y * stridePx + x;
  const [toX, toY] = [f32(x + cells[flow + 2 * at]!), f32(y + cells[flow + 2 * at + 1]!)];
  const [left, top] = [Math.floor(toX), Math.floor(toY)];
  const own = (channel: number): number => cells[first.quads + 4 * at + channel]!;
  const ownXy = cells[first.fifths + at]!;
  if (!(left >= 0 && left < widthPx - 1 && top >= 0 && top < heightPx - 1)) {
    const [slopeY, slopeX] = [f32(own(0) * 0.5), f32(own(1) * 0.5)];
    return { slopeY, slopeX, yy: own(2), xx: own(3), xy: f32(ownXy * 0.5) };
  }
  const [right, down] = [f32(toX - left), f32(toY - top)];
  const [notRight, notDown] = [f32(1 - right), f32(1 - down)];
  const [w00, w01] = [f32(notRight * notDown), f32(right * notDown)];
  const [w10, w11] = [f32(notRight * down), f32(right * down)];
  const place = top * stridePx + left;
  const between = (from: number, step: number): number => {
    const [upper, lower] = [from + step * place, from + step * (place + stridePx)];
    const above = f32(f32(w00 * cells[upper]!) + f32(w01 * cells[upper + step]!));
    return f32(f32(above + f32(w10 * cells[lower]!)) + f32(w11 * cells[lower + step]!));
  };
  return {
    slopeY: f32(f32(own(0) - between(second.quads, 4)) * 0.5),
    slopeX: f32(f32(own(1) - between(second.quads + 1, 4)) * 0.5),
    yy: f32(f32(own(2) + between(second.quads + 2, 4)) * 0.5),
    xx: f32(f32(own(3) + between(second.quads + 3, 4)) * 0.5),
    xy: f32(f32(ownXy + between(second.fifths, 1)) * 0.25),
  };
}

/** Sums over columns of 15 pixels run down the picture, sums of those along each row. */
function solve(cells: Cells, size: LevelSize, solution: FlowSolution): void {
  startSums(cells, size, solution);
  for (let row = 0; row < size.heightPx; row++) {
    moveSums(cells, { ...size, row }, solution);
    solveRow(cells, { ...size, row }, solution);
  }
}

function moveSums({ singles, doubles }: Cells, size: RowOf, { tensors, sums }: FlowSolution): void {
  const { widthPx, heightPx, stridePx, row } = size;
  const { quads, fifths } = sumPlaces(size, sums);
  const leaving = Math.max(0, row - averagingReach - 1) * stridePx;
  const entering = Math.min(heightPx - 1, row + averagingReach) * stridePx;
  for (let at = 0; at < 4 * widthPx; at++) {
    doubles[quads + at]! += f32(
      singles[tensors.quads + 4 * entering + at]! - singles[tensors.quads + 4 * leaving + at]!,
    );
  }
  for (let x = 0; x < widthPx; x++) {
    doubles[fifths + x]! += f32(singles[tensors.fifths + entering + x]! - singles[tensors.fifths + leaving + x]!);
  }
  for (let x = 1; x <= margin; x++) {
    doubles.copyWithin(quads - 4 * x, quads, quads + 4);
    doubles.copyWithin(quads + 4 * (widthPx - 1 + x), quads + 4 * (widthPx - 1), quads + 4 * widthPx);
    doubles[fifths - x] = doubles[fifths]!;
    doubles[fifths + widthPx - 1 + x] = doubles[fifths + widthPx - 1]!;
  }
}

function solveRow({ singles, doubles }: Cells, size: RowOf, { flow, sums }: FlowSolution): void {
  const { widthPx, stridePx, row } = size;
  const { quads, fifths } = sumPlaces(size, sums);
  const startAt = (from: number, step: number): number => {
    let total = doubles[from]! * (averagingReach + 2);
    for (let x = 1; x < averagingReach; x++) total += doubles[from + step * x]!;
    return total;
  };
  let [sumYy, sumXy, sumXx, sumY] = [
    startAt(quads, 4),
    startAt(quads + 1, 4),
    startAt(quads + 2, 4),
    startAt(quads + 3, 4),
  ];
  let sumX = startAt(fifths, 1);
  for (let x = 0; x < widthPx; x++) {
    const [after, before] = [quads + 4 * (x + averagingReach), quads + 4 * (x - averagingReach - 1)];
    sumYy += doubles[after]! - doubles[before]!;
    sumXy += doubles[after + 1]! - doubles[before + 1]!;
    sumXx += doubles[after + 2]! - doubles[before + 2]!;
    sumY += doubles[after + 3]! - doubles[before + 3]!;
    sumX += doubles[fifths + x + averagingReach]! - doubles[fifths + x - averagingReach - 1]!;
    const [yy, xy, xx] = [sumYy * averagingShare, sumXy * averagingShare, sumXx * averagingShare];
    const [byY, byX] = [sumY * averagingShare, sumX * averagingShare];
    const inverse = 1 / (yy * xx - xy * xy + determinantFloor);
    const out = flow + 2 * (row * stridePx + x);
    singles[out] = (yy * byX - xy * byY) * inverse;
    singles[out + 1] = (xx * byY - xy * byX) * inverse;
  }
}
