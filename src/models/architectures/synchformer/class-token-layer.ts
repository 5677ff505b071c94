import type { Value } from '../../graph/graph.js';
import type { GraphBuilder } from '../../graph/graph-builder.js';
import { preNormBlocks } from '../../graph/pre-norm-blocks.js';
import { concat, expand, gather, integers, shapeOf } from '../../graph/shape-operators.js';
import { towerEpsilon, towerHeadWidth } from './checkpoint-parts.js';

/**
 * Gathers tokens into one: a class token in front, one layer of PyTorch's `nn.TransformerEncoderLayer` with its norms first, and the class
 * token behind it (motionformer.py, `BaseEncoderLayer`). [batch, tokens, width] → [batch, width].
 */
export function classTokenLayer(
  graph: GraphBuilder,
  tokens: Value,
  { name, width, hiddenWidth }: { readonly name: string; readonly width: number; readonly hiddenWidth: number },
): Value {
  const one = concat(graph, [shapeOf(graph, tokens, { start: 0, end: 1 }), integers(graph, [1, width])], 0);
  const first = expand(graph, graph.weight(`${name}.cls_token`, [1, 1, width]), one);
  const { normed: sum } = preNormBlocks(graph, concat(graph, [first, tokens], 1), {
    blocks: [
      {
        attentionNorm: `${name}.norm1`,
        projection: { weight: `${name}.self_attn.in_proj_weight`, bias: `${name}.self_attn.in_proj_bias` },
        attentionOutput: `${name}.self_attn.out_proj`,
        hiddenNorm: `${name}.norm2`,
        hidden: `${name}.linear1`,
        hiddenOutput: `${name}.linear2`,
      },
    ],
    ...{ width, hiddenWidth, heads: width / towerHeadWidth, epsilon: towerEpsilon },
  });
  return gather(graph, sum, { indices: 0, axis: 1 });
}
