import { expansionWeights } from './expansion-weights.js';
import { borderWeights } from './flow-constants.js';
import {
  type Expansion,
  expansionRoom,
  type FiveField,
  type FlowKernels,
  type FlowMemory,
  flowMemory,
  type LevelSize,
  sumsRoom,
} from './flow-kernels.js';
import { coarsePictures, finestPictures, type LevelPictures, levelSizes, type PictureSize } from './level-pictures.js';

/** One size that the flow is found at; positions are those of the memory that all levels share. */
export interface FlowLevel {
  readonly size: LevelSize;
  readonly kernels: FlowKernels;
  readonly pictures: LevelPictures;
  readonly picture: Float32Array;
  /** How to expand a frame into each of two fields, which take turns. */
  readonly expansions: readonly [Expansion, Expansion];
  readonly vectors: Float32Array;
  readonly flow: number;
  readonly tensors: FiveField;
  readonly sums: number;
  readonly columnWeights: number;
  readonly rowWeights: number;
}

/** All levels from the finest on, in one memory of about 83 bytes for each pixel of the picture. */
export function openFlowLevels(picture: PictureSize, kind?: FlowMemory['kind']): FlowLevel[] {
  let used = 0;
  const take = (values: number): number => {
    const position = used;
    // Vectors of four values are read fastest from their own multiples.
    used += 4 * Math.ceil(values / 4);
    return position;
  };
  const takeFive = (pixels: number): FiveField => ({ quads: take(4 * pixels), fifths: take(pixels) });
  const sizes = levelSizes(picture);
  const largest = sizes[0]!;
  const weights = take(18);
  const shared = {
    rows: take(expansionRoom(largest)),
    sums: take(sumsRoom(largest)),
    image: take(largest.stridePx * largest.heightPx),
    tensors: takeFive(largest.stridePx * largest.heightPx),
  };
  const places = sizes.map((size) => ({
    coefficients: [takeFive(size.stridePx * size.heightPx), takeFive(size.stridePx * size.heightPx)] as const,
    flow: take(2 * size.stridePx * size.heightPx),
    columnWeights: take(size.widthPx),
    rowWeights: take(size.heightPx),
  }));
  const memory = flowMemory(4 * used, kind);
  const cells = new Float32Array(memory.buffer);
  const { flat, linear, square, ...inverse } = expansionWeights();
  for (const [index, row] of [flat, linear, square].entries()) cells.set(row, weights + 6 * index);
  return sizes.map((size, level) => {
    const { coefficients, flow, columnWeights, rowWeights } = places[level]!;
    cells.set(weightsAcross(size.widthPx), columnWeights);
    cells.set(weightsAcross(size.heightPx), rowWeights);
    const pixels = size.stridePx * size.heightPx;
    const expansionInto = (field: FiveField): Expansion => ({ ...inverse, ...shared, weights, coefficients: field });
    return {
      ...{ size, flow, columnWeights, rowWeights, tensors: shared.tensors, sums: shared.sums },
      kernels: memory.kernels,
      pictures: level === 0 ? finestPictures(picture, size) : coarsePictures(picture, { level, size }),
      picture: cells.subarray(shared.image, shared.image + pixels),
      expansions: [expansionInto(coefficients[0]), expansionInto(coefficients[1])],
      vectors: cells.subarray(flow, flow + 2 * pixels),
    };
  });
}

/** What pixels count along one axis: less near both ends. */
function weightsAcross(length: number): Float32Array {
  return Float32Array.from(
    { length },
    (_, place) => Math.fround(borderWeights[place] ?? 1) * Math.fround(borderWeights[length - 1 - place] ?? 1),
  );
}
