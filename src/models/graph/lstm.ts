import type { Value } from './graph.js';
import type { GraphBuilder } from './graph-builder.js';
import { concat, slice, squeeze } from './shape-operators.js';

export interface LstmOptions {
  /** Of PyTorch's `nn.LSTM`: `name.weight_ih_l0`, ... */
  readonly name: string;
  readonly layers: number;
  readonly width: number;
  /** What each layer begins with, [layers, batch, width]. */
  readonly states: LstmStates;
}

export interface LstmStates {
  readonly hidden: Value;
  readonly cell: Value;
}

/** PyTorch's order of gates (input, forget, cell, output) as ONNX wants it (input, output, forget, cell). */
const gates = [0, 3, 1, 2] as const;

/** A stack of one-way LSTM layers of equal width: [length, batch, width] → the same, and the states behind the last step. */
export function lstm(
  graph: GraphBuilder,
  x: Value,
  { name, layers, width, states }: LstmOptions,
): { readonly outputs: Value; readonly states: LstmStates } {
  let outputs = x;
  const after: LstmStates[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const ofLayer = (all: Value): Value => slice(graph, all, { axis: 0, start: layer, end: layer + 1 });
    const inputs = [
      outputs,
      gateRows(graph, `${name}.weight_ih_l${layer}`, width),
      gateRows(graph, `${name}.weight_hh_l${layer}`, width),
      gateBiases(graph, { name, layer, width }),
      undefined,
      ofLayer(states.hidden),
      ofLayer(states.cell),
    ];
    const attributes = { hidden_size: { int: width } };
    const [all, hidden, cell] = graph.nodes('LSTM', inputs, { attributes, count: 3 });
    after.push({ hidden: hidden!, cell: cell! });
    outputs = squeeze(graph, all!, [1]);
  }
  const stacked = (part: keyof LstmStates): Value =>
    concat(
      graph,
      after.map((state) => state[part]),
      0,
    );
  return { outputs, states: { hidden: stacked('hidden'), cell: stacked('cell') } };
}

/** [4 width, width] → [1, 4 width, width] in ONNX's order of gates. */
function gateRows(graph: GraphBuilder, tensor: string, width: number): Value {
  return graph.derivedWeight({
    name: `${tensor}.gates`,
    shape: [1, 4 * width, width],
    sources: [{ name: tensor, shape: [4 * width, width] }],
    compute: ([rows]) => inGateOrder(rows!),
  });
}

/** [1, 8 width]: the biases of the inputs, then those of the states. */
function gateBiases(
  graph: GraphBuilder,
  { name, layer, width }: { readonly name: string; readonly layer: number; readonly width: number },
): Value {
  const names = [`${name}.bias_ih_l${layer}`, `${name}.bias_hh_l${layer}`];
  return graph.derivedWeight({
    name: `${name}.bias_l${layer}.gates`,
    shape: [1, 8 * width],
    sources: names.map((source) => ({ name: source, shape: [4 * width] })),
    compute: ([ofInputs, ofStates]) => Float32Array.of(...inGateOrder(ofInputs!), ...inGateOrder(ofStates!)),
  });
}

function inGateOrder(values: Float32Array): Float32Array {
  const size = values.length / 4;
  const out = new Float32Array(values.length);
  gates.forEach((gate, place) => {
    out.set(values.subarray(gate * size, (gate + 1) * size), place * size);
  });
  return out;
}
