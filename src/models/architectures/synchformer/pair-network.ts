import type { Graph, Value } from '../../graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../../graph/graph-builder.js';
import { add, layerNorm, linear } from '../../graph/layer-operators.js';
import { type BlockNames, preNormBlocks } from '../../graph/pre-norm-blocks.js';
import { concat, expand, gather, integers, reshape, shapeOf } from '../../graph/shape-operators.js';
import type { Architecture, CheckpointOutline } from '../architecture.js';
import { blockCount } from '../block-count.js';
import { shapeIn } from '../shape-in.js';
import { isOutsidePart, segmentTokens, synchformerSource } from './checkpoint-parts.js';

export interface SynchformerPairDimensions {
  readonly width: number;
  readonly hiddenWidth: number;
  readonly depth: number;
  /** Segments of sound and of pictures that are held against each other: 14. */
  readonly segments: number;
  /** Offsets: 21. */
  readonly classes: number;
}

/** `GlobalTransformer(n_head=8)`; no tensor tells. */
const heads = 8;
/** The token that the offset is read from, and the one between pictures and sound. */
const specialTokens = 2;
const tokensOfSegment = segmentTokens.sound + segmentTokens.pictures;
const stem = 'transformer';

/**
 * Synchformer's network over both towers' features. Inputs `pictures` [pairs, 14, 8 x 768] and `sound` [pairs, 14, 6 x 768]; output `logits`
 * [pairs, 21], one for each offset of the sound from -2 to 2 s in steps of 0.2 s.
 */
export const synchformerPair: Architecture<SynchformerPairDimensions> = {
  id: 'synchformer-sync',
  version: 1,
  source: synchformerSource,
  prefixes: [''],
  anchor: `${stem}.pos_emb_cfg.pos_emb`,
  describe: describePair,
  isUnused: isOutsidePart('pair'),
  outputs: ({ classes }) => [
    { name: 'logits', columns: classes, summary: 'offsets from -2 to 2 s before the softmax, one row a pair' },
  ],
  probes: [],
  buildGraph: buildPair,
  shortestInput: ({ width, segments }) => {
    const features = (tokens: number): { data: Float32Array; dims: readonly number[] } => ({
      data: Float32Array.from({ length: segments * tokens * width }, (_, index) => Math.sin(index)),
      dims: [1, segments, tokens * width],
    });
    return { pictures: features(segmentTokens.pictures), sound: features(segmentTokens.sound) };
  },
};

function describePair(outline: CheckpointOutline): SynchformerPairDimensions {
  const [classes, width] = shapeIn(outline, `${stem}.off_head.weight`, 2) as [number, number];
  const places = shapeIn(outline, `${stem}.pos_emb_cfg.pos_emb`, 3)[1]!;
  return {
    width,
    hiddenWidth: shapeIn(outline, `${stem}.blocks.0.mlp.0.weight`, 2)[0]!,
    depth: blockCount(outline, { prefix: `${stem}.blocks`, tensor: 'ln1.weight' }),
    segments: (places - specialTokens) / tokensOfSegment,
    classes,
  };
}

function buildPair({ width, hiddenWidth, depth, segments, classes }: SynchformerPairDimensions): Graph {
  const graph = createGraphBuilder('synchformer-sync');
  const input = (name: 'pictures' | 'sound', layer: string, norm: string): Value => {
    const tokens = segmentTokens[name];
    const features = graph.input(name, 'float32', ['pairs', segments, tokens * width]);
    const rows = reshape(graph, features, [-1, segments * tokens, width]);
    const projected = linear(graph, rows, { name: layer, inputs: width, outputs: width });
    return layerNorm(graph, projected, { name: norm, width });
  };
  const pictures = input('pictures', 'vproj', `${stem}.vis_in_lnorm`);
  const sound = input('sound', 'aproj', `${stem}.aud_in_lnorm`);
  const [first, between] = ['OFF_tok', 'MOD_tok'].map((token) => ofEach(graph, token, { like: sound, width }));
  const positions = graph.weight(`${stem}.pos_emb_cfg.pos_emb`, [1, specialTokens + segments * tokensOfSegment, width]);
  const tokens = add(graph, concat(graph, [first!, pictures, between!, sound], 1), positions);
  const { normed } = preNormBlocks(graph, tokens, {
    blocks: Array.from({ length: depth }, (_, index) => blockNames(`${stem}.blocks.${index}`)),
    finalNorm: `${stem}.ln_f`,
    ...{ width, hiddenWidth, heads },
  });
  const offset = gather(graph, normed, { indices: 0, axis: 1 });
  const logits = linear(graph, offset, { name: `${stem}.off_head`, inputs: width, outputs: classes });
  graph.output('logits', logits, { shape: ['pairs', classes] });
  return graph.build();
}

/** A token of the checkpoint once for each item of `like`. */
function ofEach(
  graph: GraphBuilder,
  token: string,
  { like, width }: { readonly like: Value; readonly width: number },
): Value {
  const one = concat(graph, [shapeOf(graph, like, { start: 0, end: 1 }), integers(graph, [1, width])], 0);
  return expand(graph, graph.weight(`${stem}.${token}`, [1, 1, width]), one);
}

function blockNames(block: string): BlockNames {
  const { attn, mlp } = { attn: `${block}.attn`, mlp: `${block}.mlp` };
  return {
    attentionNorm: `${block}.ln1`,
    projection: { query: `${attn}.query`, key: `${attn}.key`, value: `${attn}.value` },
    attentionOutput: `${attn}.proj`,
    hiddenNorm: `${block}.ln2`,
    hidden: `${mlp}.0`,
    hiddenOutput: `${mlp}.2`,
  };
}
