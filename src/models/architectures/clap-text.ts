import type { Graph, Value } from '../graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../graph/graph-builder.js';
import { add, gemm, layerNorm, multiply, tanh, unitLength } from '../graph/layer-operators.js';
import { type PostNormNames, postNormBlock } from '../graph/post-norm-block.js';
import { cast, concat, expand, gather, integers, shapeOf, unsqueeze } from '../graph/shape-operators.js';
import type { Architecture, BuildOptions, CheckpointOutline } from './architecture.js';
import { blockCount } from './block-count.js';
import { clapProjection } from './clap-projection.js';
import { shapeIn } from './shape-in.js';
import { showProbes } from './show-probes.js';

export interface ClapTextDimensions {
  readonly vocabulary: number;
  /** Rows of the table of positions: two more than there can be tokens. */
  readonly positions: number;
  readonly width: number;
  readonly hiddenWidth: number;
  readonly depth: number;
  /** Of the embedding that sound and text share. */
  readonly embedding: number;
}

const tower = 'text_branch';
const headWidth = 64;
/** RoBERTa's number of the filling token, from which positions count too. */
const fillingToken = 1;
/** Far below any score, but a number in float16 too. */
const unseen = -30_000;

/** Buffers of transformers, and what CLAP has beside the tower. */
const unused = new RegExp(
  `^${tower}\\.embeddings\\.(position_ids|token_type_ids)$|^(audio_branch|audio_projection|audio_transform|text_transform)\\.|^logit_scale(_[at])?$`,
);

/**
 * The text tower of LAION CLAP: RoBERTa (Liu et al. 2019, arXiv:1907.11692). Input `ids` [texts, tokens], int64, filled up with 1; outputs
 * `embedding` [texts, 512] of length 1 and `pooler` [texts, 768].
 */
export const clapText: Architecture<ClapTextDimensions> = {
  id: 'clap-text',
  version: 1,
  source:
    'Liu et al. 2019 (arXiv:1907.11692); transformers 4.46.3, models/roberta/modeling_roberta.py; CLAP 1fd4c37, model.py',
  prefixes: ['', 'state_dict.module.', 'state_dict.', 'module.'],
  anchor: `${tower}.embeddings.word_embeddings.weight`,
  describe: describeClapText,
  isUnused: (name) => unused.test(name),
  outputs: ({ embedding, width }) => [
    { name: 'embedding', columns: embedding, summary: 'shared by sound and text, length 1, one row a text' },
    { name: 'pooler', columns: width, summary: 'the first token behind the pooling layer, one row a text' },
  ],
  probes: ['last_hidden'],
  buildGraph: buildClapText,
  shortestInput: () => ({ ids: { data: BigInt64Array.of(0n, 2n), dims: [1, 2] } }),
};

function describeClapText(outline: CheckpointOutline): ClapTextDimensions {
  const [vocabulary, width] = shapeIn(outline, `${tower}.embeddings.word_embeddings.weight`, 2) as [number, number];
  return {
    vocabulary,
    positions: shapeIn(outline, `${tower}.embeddings.position_embeddings.weight`, 2)[0]!,
    width,
    hiddenWidth: shapeIn(outline, `${tower}.encoder.layer.0.intermediate.dense.weight`, 2)[0]!,
    depth: blockCount(outline, { prefix: `${tower}.encoder.layer`, tensor: 'output.dense.weight' }),
    embedding: shapeIn(outline, 'text_projection.2.weight', 2)[0]!,
  };
}

function buildClapText(dimensions: ClapTextDimensions, { probes: wanted }: BuildOptions = {}): Graph {
  const { width, hiddenWidth, depth, embedding } = dimensions;
  const graph = createGraphBuilder('clap-text');
  const ids = graph.input('ids', 'int64', ['texts', 'tokens']);
  const seen = cast(
    graph,
    graph.node('Not', [graph.node('Equal', [ids, graph.constant(BigInt64Array.of(BigInt(fillingToken)))])]),
    'int64',
  );
  let x = embeddings(graph, { ids, seen }, dimensions);
  const bias = fillingBias(graph, ids, seen);
  for (let block = 0; block < depth; block++)
    x = postNormBlock(graph, x, {
      names: blockNames(`${tower}.encoder.layer.${block}`),
      ...{ width, hiddenWidth, heads: width / headWidth, bias },
    });
  const first = gather(graph, x, { indices: 0, axis: 1 });
  const dense = { name: `${tower}.pooler.dense`, inputs: width, outputs: width };
  const pooler = tanh(graph, gemm(graph, first, dense));
  const projection = clapProjection(graph, pooler, { name: 'text_projection', inputs: width, embedding });
  graph.output('embedding', unitLength(graph, projection), { shape: ['texts', embedding] });
  graph.output('pooler', pooler, { shape: ['texts', width] });
  showProbes(graph, { wanted, probes: { last_hidden: { value: x, shape: ['texts', 'tokens', width] } } });
  return graph.build();
}

interface Tokens {
  readonly ids: Value;
  /** 1 for a token, 0 for filling. */
  readonly seen: Value;
}

/** Words, positions (counted over real tokens only) and the one type of token, normed: [texts, tokens, width]. */
function embeddings(
  graph: GraphBuilder,
  { ids, seen }: Tokens,
  { vocabulary, positions, width }: ClapTextDimensions,
): Value {
  const name = `${tower}.embeddings`;
  const counted = graph.node('CumSum', [seen, graph.constant(BigInt64Array.of(1n), { shape: [] })]);
  const offset = graph.constant(BigInt64Array.of(BigInt(fillingToken)));
  const places = graph.node('Add', [graph.node('Mul', [counted, seen]), offset]);
  const words = gather(graph, graph.weight(`${name}.word_embeddings.weight`, [vocabulary, width]), { indices: ids });
  const ofPlaces = gather(graph, graph.weight(`${name}.position_embeddings.weight`, [positions, width]), {
    indices: places,
  });
  const type = graph.weight(`${name}.token_type_embeddings.weight`, [1, width]);
  return layerNorm(graph, add(graph, add(graph, words, type), ofPlaces), { name: `${name}.LayerNorm`, width });
}

/** [texts, 1, tokens, tokens]: 0 for tokens that may be seen, far below any score for filling. */
function fillingBias(graph: GraphBuilder, ids: Value, seen: Value): Value {
  const one = graph.constant(Float32Array.of(1), { shape: [] });
  const hidden = multiply(graph, graph.node('Sub', [one, cast(graph, seen, 'float32')]), unseen);
  const [texts, tokens] = [shapeOf(graph, ids, { start: 0, end: 1 }), shapeOf(graph, ids, { start: 1 })];
  const shape = concat(graph, [texts, integers(graph, [1]), tokens, tokens], 0);
  return expand(graph, unsqueeze(graph, hidden, [1, 2]), shape);
}

/** As transformers names them. */
function blockNames(block: string): PostNormNames {
  const attention = `${block}.attention.self`;
  return {
    query: `${attention}.query`,
    key: `${attention}.key`,
    value: `${attention}.value`,
    attentionOutput: `${block}.attention.output.dense`,
    attentionNorm: `${block}.attention.output.LayerNorm`,
    hidden: `${block}.intermediate.dense`,
    hiddenOutput: `${block}.output.dense`,
    hiddenNorm: `${block}.output.LayerNorm`,
  };
}
