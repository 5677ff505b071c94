import type { Graph, GraphPort } from '../../graph/graph.js';
import { createGraphBuilder } from '../../graph/graph-builder.js';
import { matmul } from '../../graph/layer-operators.js';
import { reshape, transpose } from '../../graph/shape-operators.js';
import { type Decoder, layersOf, memoryWeights } from './decoder-parts.js';

/**
 * Keys and values of every layer's cross-attention, computed once a window: `memory` [clips, tokens, width] → `keys_0`, `values_0`, ... [clips,
 * heads, tokens, width of a head], for the host or to stay on the device.
 */
export function buildMemory(decoder: Decoder, port: Pick<GraphPort, 'resident'>): Graph {
  const { width, heads } = decoder;
  const graph = createGraphBuilder(port.resident === true ? 'vidmuse-resident-memory' : 'vidmuse-decoder-memory');
  const memory = graph.input('memory', 'float32', ['clips', 'tokens', width]);
  const shape = ['clips', heads, 'tokens', width / heads];
  for (const layer of layersOf(decoder)) {
    const { keys, values } = memoryWeights(graph, { layer, width });
    for (const [name, rows] of Object.entries({ keys, values })) {
      const apart = reshape(graph, matmul(graph, memory, rows), [0, 0, heads, width / heads]);
      graph.output(`${name}_${layer}`, transpose(graph, apart, [0, 2, 1, 3]), { shape, ...port });
    }
  }
  return graph.build();
}
