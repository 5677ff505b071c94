import { type Outcome, ok } from '../../core/outcome.js';
import { mert, mertLayer } from '../../models/architectures/mert.js';
import type { TensorData } from '../../models/session.js';
import type { CaseRunner } from '../case-runner.js';
import { isAudioInput } from '../golden.js';
import { groupByInput } from '../group-outputs.js';
import { audioSamples } from '../recipe.js';
import { openRecipeSession } from '../recipe-session.js';

/** The golden files of MERT: its hidden states, and their means over time. The waveform goes in as it is. */
export const mertRunner: CaseRunner = {
  name: 'mert',
  handles: (encoder) => /^mert_v1_\w+$/.test(encoder),
  async *run(request) {
    const groups = groupByInput(request.fixture.golden.inputs.filter(isAudioInput), request.wanted);
    await using session = await openRecipeSession(request, { architecture: mert, kinds: [] });
    for (const { input, outputs } of groups) {
      const data = audioSamples(input);
      const results = await session.run<string>({ samples: { data, dims: [1, data.length] } });
      const layers = session.outputNames.map((_, layer) => results[mertLayer(layer)]!);
      for (const { kind, output } of outputs) {
        const outcome = outcomeOf(kind, layers, output.what);
        if (outcome !== undefined) yield { file: output.file, outcome };
      }
    }
  },
};

function outcomeOf(kind: string, layers: readonly TensorData[], what: string): Outcome<TensorData> | undefined {
  if (kind === 'time_mean') return ok(stacked(statedLayers(what).map((layer) => timeMean(layers[layer]!))));
  return kind === 'last' ? ok(stacked(layers)) : undefined;
}

/** "[layers 0,1,6,12; 768] mean ...". */
function statedLayers(what: string): readonly number[] {
  return (/layers ([\d,]+);/.exec(what)?.[1] ?? '').split(',').map(Number);
}

/** [1, ...rest] of each under the other. */
function stacked(tensors: readonly TensorData[]): TensorData {
  const data = Float32Array.from(tensors.flatMap((tensor) => [...tensor.data]));
  return { data, dims: [tensors.length, ...(tensors[0]?.dims.slice(1) ?? [])] };
}

/** [1, frames, width] → [1, width]. */
function timeMean({ data, dims: [, frames = 0, width = 0] }: TensorData): TensorData {
  const sums = new Float64Array(width);
  for (let index = 0; index < data.length; index++) sums[index % width]! += data[index]!;
  return { data: Float32Array.from(sums, (sum) => sum / frames), dims: [1, width] };
}
