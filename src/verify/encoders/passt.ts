import { passtFrontEnd, passtLogMel } from '../../dsp/passt-log-mel.js';
import { passtSceneWindows } from '../../dsp/passt-scene-windows.js';
import { passt } from '../../models/architectures/passt.js';
import type { ModelSession, TensorData } from '../../models/session.js';
import type { CaseRunner } from '../case-runner.js';
import type { EncoderFixture } from '../fixture.js';
import { runLogMelNetwork } from './log-mel-network.js';
import { asStated } from './stated-preparation.js';

/** The golden files of PaSST of any length. */
export const passtRunner: CaseRunner = {
  name: 'passt',
  handles: (encoder) => /^passt_\d+s$/.test(encoder),
  run: (request) =>
    runLogMelNetwork(request, {
      architecture: passt,
      inputName: 'mel',
      logMel: melInput,
      prepare: asStated,
      special: {
        mel: async (mono, _session, what) => melInput(asStated(mono, what)),
        scene: (mono, session) => sceneEmbedding(passtSceneWindows(mono, windowSamples(request.fixture)), session),
      },
    }),
};

function melInput(mono: Float32Array): TensorData {
  const { rows, columns, data } = passtLogMel(mono);
  return { data, dims: [1, rows, columns] };
}

/** The network's longest sound, from the positions along time: 99 columns of 0.1 s are 10 s. */
function windowSamples({ manifest }: EncoderFixture): number {
  const columns = manifest?.tensors.find(({ name }) => name.endsWith('time_new_pos_embed'))?.shape[3] ?? 0;
  return ((columns + 1) / 10) * passtFrontEnd.sampleRateHz;
}

/** The mean over windows of logits and features side by side. */
async function sceneEmbedding(windows: readonly Float32Array[], session: ModelSession): Promise<TensorData> {
  let sum = new Float64Array(0);
  for (const window of windows) {
    const { logits, features } = await session.run({ mel: melInput(window) }, ['logits', 'features']);
    const row = [...logits.data, ...features.data];
    sum = sum.length === 0 ? Float64Array.from(row) : sum.map((value, column) => value + row[column]!);
  }
  return { data: Float32Array.from(sum, (value) => value / windows.length), dims: [sum.length] };
}
