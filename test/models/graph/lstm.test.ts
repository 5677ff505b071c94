import { describe, expect, it } from 'vitest';
import { createGraphBuilder } from '../../../src/models/graph/graph-builder.js';
import { lstm } from '../../../src/models/graph/lstm.js';
import { expectAllClose } from '../../helpers/all-close.js';
import { type HeldTensor, waves } from '../../helpers/memory-checkpoint.js';
import { runGraph } from '../../helpers/run-graph.js';

const [layers, width, batch] = [2, 3, 2];

const weights = Object.fromEntries(
  Array.from({ length: layers }, (_, layer) => [
    [`lstm.weight_ih_l${layer}`, waves([4 * width, width], { phase: 4 * layer })],
    [`lstm.weight_hh_l${layer}`, waves([4 * width, width], { phase: 4 * layer + 1 })],
    [`lstm.bias_ih_l${layer}`, waves([4 * width], { phase: 4 * layer + 2 })],
    [`lstm.bias_hh_l${layer}`, waves([4 * width], { phase: 4 * layer + 3 })],
  ]).flat(),
) as Record<string, HeldTensor>;

const stateShape = [layers, batch, width];
const start = { hidden: waves(stateShape, { phase: 20 }), cell: waves(stateShape, { phase: 21 }) };

function graphOf() {
  const graph = createGraphBuilder('lstm');
  const x = graph.input('x', 'float32', ['length', 'batch', width]);
  const hidden = graph.input('hidden', 'float32', [layers, 'batch', width]);
  const cell = graph.input('cell', 'float32', [layers, 'batch', width]);
  const { outputs, states } = lstm(graph, x, { name: 'lstm', layers, width, states: { hidden, cell } });
  graph.output('y', outputs, { shape: ['length', 'batch', width] });
  graph.output('hidden_after', states.hidden, { shape: [layers, 'batch', width] });
  graph.output('cell_after', states.cell, { shape: [layers, 'batch', width] });
  return graph.build();
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** The equations of PyTorch's nn.LSTM (gates in the order input, forget, cell, output) in float64. */
function plainLstm(x: HeldTensor): { y: number[]; hidden: number[]; cell: number[] } {
  const length = x.shape[0]!;
  let inputs = Array.from(x.data);
  const after = { hidden: [] as number[], cell: [] as number[] };
  for (let layer = 0; layer < layers; layer++) {
    const [ih, hh] = [weights[`lstm.weight_ih_l${layer}`]!.data, weights[`lstm.weight_hh_l${layer}`]!.data];
    const [bih, bhh] = [weights[`lstm.bias_ih_l${layer}`]!.data, weights[`lstm.bias_hh_l${layer}`]!.data];
    const first = layer * batch * width;
    let hidden = Array.from(start.hidden.data.subarray(first, first + batch * width));
    let cell = Array.from(start.cell.data.subarray(first, first + batch * width));
    const outputs: number[] = [];
    for (let step = 0; step < length; step++) {
      const next = { hidden: [...hidden], cell: [...cell] };
      for (let item = 0; item < batch; item++)
        for (let unit = 0; unit < width; unit++) {
          const gate = (kind: number): number => {
            const row = kind * width + unit;
            let sum = bih[row]! + bhh[row]!;
            for (let column = 0; column < width; column++)
              sum +=
                ih[row * width + column]! * inputs[(step * batch + item) * width + column]! +
                hh[row * width + column]! * hidden[item * width + column]!;
            return sum;
          };
          const place = item * width + unit;
          next.cell[place] = sigmoid(gate(1)) * cell[place]! + sigmoid(gate(0)) * Math.tanh(gate(2));
          next.hidden[place] = sigmoid(gate(3)) * Math.tanh(next.cell[place]!);
        }
      ({ hidden, cell } = next);
      outputs.push(...hidden);
    }
    after.hidden.push(...hidden);
    after.cell.push(...cell);
    inputs = outputs;
  }
  return { y: inputs, ...after };
}

describe('lstm', () => {
  const x = waves([7, batch, width], { scale: 2, phase: 30 });

  it('is PyTorch’s, layers, starting states and all', async () => {
    const own = await runGraph(graphOf(), { x, ...start }, { weights });
    const expected = plainLstm(x);
    const tolerance = { rtol: 1e-5, atol: 1e-6 };
    expectAllClose(own.y!.data, expected.y, tolerance);
    expectAllClose(own.hidden_after!.data, expected.hidden, tolerance);
    expectAllClose(own.cell_after!.data, expected.cell, tolerance);
  });

  it('goes on where it was, cut in two', async () => {
    const whole = await runGraph(graphOf(), { x, ...start }, { weights });
    const cut = 3 * batch * width;
    const first = await runGraph(
      graphOf(),
      { x: { shape: [3, batch, width], data: x.data.slice(0, cut) }, ...start },
      { weights },
    );
    const states = { hidden: first.hidden_after!, cell: first.cell_after! };
    const second = await runGraph(
      graphOf(),
      { x: { shape: [4, batch, width], data: x.data.slice(cut) }, ...states },
      { weights },
    );
    expectAllClose([...first.y!.data, ...second.y!.data], whole.y!.data, { atol: 1e-6 });
    expect(second.y!.dims).toEqual([4, batch, width]);
    expectAllClose(second.cell_after!.data, whole.cell_after!.data, { atol: 1e-6 });
  });
});
