import type { Graph, Value } from '../graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../graph/graph-builder.js';
import { add, linear } from '../graph/layer-operators.js';
import { gather, shapeOf, slice } from '../graph/shape-operators.js';
import type { Architecture, BuildOptions, CheckpointOutline } from './architecture.js';
import {
  describeTrunk,
  type ImagebindTrunk,
  imagebindSource,
  isOutsideTower,
  scaledUnit,
  trunk,
} from './imagebind-trunk.js';
import { shapeIn } from './shape-in.js';
import { showProbes } from './show-probes.js';

export interface ImagebindTextDimensions extends ImagebindTrunk {
  readonly vocabulary: number;
  /** The most tokens of a text: 77. */
  readonly positions: number;
}

const stem = 'modality_preprocessors.text';
/** `LearnableLogitScaling.max_logit_scale`. */
const largestScale = 100;

/**
 * ImageBind's tower for text, CLIP's tokens. Input `ids` [texts, tokens], int64, at most 77 with the end token the largest; outputs
 * `embedding` [texts, 1024] of the learned length and `head` before it is scaled.
 */
export const imagebindText: Architecture<ImagebindTextDimensions> = {
  id: 'imagebind-text',
  version: 1,
  source: `${imagebindSource}; helpers.py, SelectEOSAndProject and LearnableLogitScaling`,
  prefixes: [''],
  anchor: `${stem}.token_embedding.weight`,
  describe: (outline) => describeText(outline),
  isUnused: isOutsideTower('text'),
  outputs: ({ embedding }) => [
    {
      name: 'embedding',
      columns: embedding,
      summary: 'in the space of all towers, the learned length, one row a text',
    },
    { name: 'head', columns: embedding, summary: 'the same before its length is set' },
  ],
  probes: [],
  buildGraph: buildText,
  shortestInput: ({ vocabulary }) => ({ ids: { data: BigInt64Array.of(BigInt(vocabulary - 1)), dims: [1, 1] } }),
};

function describeText(outline: CheckpointOutline): ImagebindTextDimensions {
  return {
    ...describeTrunk(outline, 'text'),
    vocabulary: shapeIn(outline, `${stem}.token_embedding.weight`, 2)[0]!,
    positions: shapeIn(outline, `${stem}.pos_embed`, 3)[1]!,
  };
}

function buildText(dimensions: ImagebindTextDimensions, { probes: wanted }: BuildOptions = {}): Graph {
  const { width, vocabulary, positions, embedding } = dimensions;
  const graph = createGraphBuilder('imagebind-text');
  const ids = graph.input('ids', 'int64', ['texts', 'tokens']);
  const words = gather(graph, graph.weight(`${stem}.token_embedding.weight`, [vocabulary, width]), { indices: ids });
  const end = shapeOf(graph, ids, { start: 1 });
  const places = slice(graph, graph.weight(`${stem}.pos_embed`, [1, positions, width]), { axis: 1, start: 0, end });
  const { normed } = trunk(graph, add(graph, words, places), { ...dimensions, tower: 'text' });
  const sizes = { inputs: width, outputs: embedding, bias: false };
  const head = linear(graph, atEnd(graph, normed, ids), { name: 'modality_heads.text.proj.1', ...sizes });
  graph.output('embedding', scaledUnit(graph, head, learnedScale(graph)), { shape: ['texts', embedding] });
  graph.output('head', head, { shape: ['texts', embedding] });
  showProbes(graph, { wanted, probes: {} });
  return graph.build();
}

/** The token of the largest number, which is the end of the text: [texts, length, width] → [texts, width]. */
function atEnd(graph: GraphBuilder, tokens: Value, ids: Value): Value {
  const place = graph.node('ArgMax', [ids], { attributes: { axis: { int: 1 }, keepdims: { int: 1 } } });
  return graph.node('GatherND', [tokens, place], { attributes: { batch_dims: { int: 1 } } });
}

/** exp of the learned logarithm, at most 100. */
function learnedScale(graph: GraphBuilder): Value {
  const name = 'modality_postprocessors.text.1.log_logit_scale';
  return graph.derivedWeight({
    name: 'logit_scale',
    shape: [],
    sources: [{ name, shape: [] }],
    compute: ([logarithm]) => Float32Array.of(Math.min(largestScale, Math.exp(logarithm![0]!))),
  });
}
