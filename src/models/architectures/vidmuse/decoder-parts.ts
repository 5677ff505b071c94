import { transposed, transposedRows, transposeMatrix } from '../../graph/fold.js';
import type { Value } from '../../graph/graph.js';
import type { GraphBuilder } from '../../graph/graph-builder.js';
import { add, gelu, layerNorm, linear, matmul, skipLayerNorm } from '../../graph/layer-operators.js';
import { gather, integers } from '../../graph/shape-operators.js';
import type { Architecture } from '../architecture.js';
import {
  describeVidmuse,
  isVidmuseTensor,
  recogniseOtherThanVidmuse,
  type VidmuseDimensions,
  vidmuseAnchor,
  vidmusePrefixes,
} from './dimensions.js';

export type Decoder = VidmuseDimensions['decoder'];

/** What all networks of the decoder have in common. */
export const sharedByDecoders: Pick<
  Architecture<VidmuseDimensions>,
  'source' | 'prefixes' | 'anchor' | 'recogniseOther' | 'describe' | 'isUnused'
> = {
  source:
    'Copet et al. 2023 (arXiv:2306.05284); VidMuse 1e9296e, audiocraft/models/lm.py:223-295,390-414 and modules/transformer.py',
  prefixes: vidmusePrefixes,
  anchor: vidmuseAnchor,
  recogniseOther: recogniseOtherThanVidmuse,
  describe: describeVidmuse,
  isUnused: isVidmuseTensor,
};

export function layersOf({ depth }: Decoder): number[] {
  return Array.from({ length: depth }, (_, index) => index);
}

export function blockOf(layer: number): string {
  return `transformer.layers.${layer}`;
}

/** Columns of the longest window that the networks have positions for: 30 s at 50 codes a second, a first column and the delays, rounded up. */
export const mostColumns = 1536;

/**
 * Cosines, then sines, of p / 10000^(i / (width / 2 - 1)) for positions [...] → [..., width]. A table, because the phase needs float32 also where the
 * network computes in float16: at position 1500 float16 knows a phase to within one radian only.
 */
export function sinusoids(graph: GraphBuilder, positions: Value, width: number): Value {
  const table = graph.derivedWeight({
    name: 'position_table',
    shape: [mostColumns, width],
    sources: [],
    compute: () => sinusoidTable(width),
  });
  return gather(graph, table, { indices: positions });
}

function sinusoidTable(width: number): Float32Array {
  const half = width / 2;
  const periods = Float32Array.from({ length: half }, (_, index) => 10_000 ** (index / (half - 1)));
  const table = new Float32Array(mostColumns * width);
  for (let position = 0; position < mostColumns; position++) {
    for (let index = 0; index < half; index++) {
      const phase = Math.fround(position / periods[index]!);
      table[position * width + index] = Math.cos(phase);
      table[position * width + half + index] = Math.sin(phase);
    }
  }
  return table;
}

/** The attention of one layer: `self` [rows, ..., width] after its norm → what goes into `out_proj`, likewise `cross`. */
export interface LayerAttention {
  self(x: Value, layer: number): Value;
  cross(x: Value, layer: number): Value;
}

/** x + self(norm1(x)), + cross(norm_cross(x)), + feed(norm2(x)), layer after layer; returns the last norm. */
export function decoderBlocks(
  graph: GraphBuilder,
  x: Value,
  { decoder, attention }: { readonly decoder: Decoder; readonly attention: LayerAttention },
): Value {
  const { width, hiddenWidth, depth } = decoder;
  const square = { inputs: width, outputs: width, bias: false };
  let sum = x;
  let normed = layerNorm(graph, x, { name: `${blockOf(0)}.norm1`, width });
  const addAndNorm = (part: Value, norm: string): void => {
    ({ sum, normed } = skipLayerNorm(graph, part, { skip: sum, name: norm, width }));
  };
  for (const layer of layersOf(decoder)) {
    const block = blockOf(layer);
    const own = linear(graph, attention.self(normed, layer), { name: `${block}.self_attn.out_proj`, ...square });
    addAndNorm(own, `${block}.norm_cross`);
    const seen = linear(graph, attention.cross(normed, layer), {
      name: `${block}.cross_attention.out_proj`,
      ...square,
    });
    addAndNorm(seen, `${block}.norm2`);
    const hidden = linear(graph, normed, {
      name: `${block}.linear1`,
      inputs: width,
      outputs: hiddenWidth,
      bias: false,
    });
    const back = { name: `${block}.linear2`, inputs: hiddenWidth, outputs: width, bias: false };
    addAndNorm(
      linear(graph, gelu(graph, hidden), back),
      layer + 1 < depth ? `${blockOf(layer + 1)}.norm1` : 'out_norm',
    );
  }
  return normed;
}

/** Arrays after each other. */
function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const part of parts) {
    all.set(part, start);
    start += part.length;
  }
  return all;
}

/** The sum of each codebook's vectors from one table: [..., codebooks] → [..., width]. */
export function embedCodes(graph: GraphBuilder, codes: Value, { codebooks, codebookSize, width }: Decoder): Value {
  const rows = codebookSize + 1;
  const names = Array.from({ length: codebooks }, (_, index) => `emb.${index}.weight`);
  const table = graph.derivedWeight({
    name: 'emb.all',
    shape: [codebooks * rows, width],
    sources: names.map((name) => ({ name, shape: [rows, width] })),
    compute: joined,
  });
  const firsts = integers(
    graph,
    names.map((_, index) => index * rows),
  );
  const vectors = gather(graph, table, { indices: add(graph, codes, firsts) });
  return graph.node('ReduceSum', [vectors, integers(graph, [-2])], { attributes: { keepdims: { int: 0 } } });
}

/** The heads of all codebooks side by side: [width, codebooks * codes]. */
export function headWeights(graph: GraphBuilder, { codebooks, codebookSize, width }: Decoder): Value {
  const names = Array.from({ length: codebooks }, (_, index) => `linears.${index}.weight`);
  return graph.derivedWeight({
    name: 'linears.all',
    shape: [width, codebooks * codebookSize],
    sources: names.map((name) => ({ name, shape: [codebookSize, width] })),
    compute: (matrices) => transposeMatrix(joined(matrices), [codebooks * codebookSize, width]),
  });
}

/** Query, key and value of self-attention side by side: [rows, ..., 3 width]. */
export function packedProjection(
  graph: GraphBuilder,
  x: Value,
  { name, width }: { readonly name: string; readonly width: number },
): Value {
  return matmul(graph, x, transposed(graph, `${name}.in_proj_weight`, [3 * width, width]));
}

interface CrossLayer {
  readonly layer: number;
  readonly width: number;
}

/** What cross-attention asks with: [rows, ..., width]. */
export function crossQuery(graph: GraphBuilder, x: Value, cross: CrossLayer): Value {
  return matmul(graph, x, crossWeights(graph, cross, 0));
}

/** What a memory [..., width] is multiplied by for keys and values of cross-attention. */
export function memoryWeights(
  graph: GraphBuilder,
  cross: CrossLayer,
): { readonly keys: Value; readonly values: Value } {
  return { keys: crossWeights(graph, cross, 1), values: crossWeights(graph, cross, 2) };
}

function crossWeights(graph: GraphBuilder, { layer, width }: CrossLayer, part: number): Value {
  const name = `${blockOf(layer)}.cross_attention.in_proj_weight`;
  return transposedRows(graph, name, { shape: [3 * width, width], first: part * width, last: (part + 1) * width });
}
