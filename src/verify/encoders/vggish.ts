import { vggish } from '../../models/architectures/vggish.js';
import type { ModelSession, TensorData } from '../../models/session.js';
import type { CaseRunner } from '../case-runner.js';
import { runLogMelNetwork } from './log-mel-network.js';

const sampleRateHz = 16_000;

/** Log-mel examples [examples, 96, 64] of mono sound at 16 kHz; an incomplete one at the end is dropped. */
export type VggishFrontEnd = (mono: Float32Array) => TensorData;

/** The golden files of VGGish, computed with a front end. */
export function createVggishRunner(frontEnd: VggishFrontEnd): CaseRunner {
  const logMel = (mono: Float32Array): TensorData => frontEnd(atLeastOneSecond(mono));
  return {
    name: 'vggish',
    handles: (encoder) => encoder === 'vggish',
    run: (request) =>
      runLogMelNetwork(request, {
        architecture: vggish,
        logMel,
        outputOf: { pool1_slice: 'pool1' },
        special: {
          logmel_last: async (mono) => lastExample(logMel(mono)),
          google_windows: (mono, session) => windowEmbeddings(mono, { session, logMel }),
        },
      }),
  };
}

/** fadtk pads shorter sound with zeros (model_loader.py, `enforce_min_len`, min_len=1). */
function atLeastOneSecond(mono: Float32Array): Float32Array {
  if (mono.length >= sampleRateHz) return mono;
  const padded = new Float32Array(sampleRateHz);
  padded.set(mono);
  return padded;
}

function lastExample({ data, dims }: TensorData): TensorData {
  const [, frames = 0, bands = 0] = dims;
  return { data: data.slice(data.length - frames * bands), dims: [frames, bands] };
}

interface Windowing {
  readonly session: ModelSession;
  readonly logMel: VggishFrontEnd;
}

/** [windows, 128]: one example from each full second, every half second (google-research, frechet_audio_distance). */
async function windowEmbeddings(mono: Float32Array, { session, logMel }: Windowing): Promise<TensorData> {
  const rows: Float32Array[] = [];
  for (let start = 0; start + sampleRateHz <= mono.length; start += sampleRateHz / 2) {
    const logmel = logMel(mono.slice(start, start + sampleRateHz));
    const { embedding } = await session.run({ logmel }, ['embedding']);
    rows.push(embedding.data);
  }
  const columns = rows[0]?.length ?? 0;
  const data = new Float32Array(rows.length * columns);
  for (const [index, row] of rows.entries()) data.set(row, index * columns);
  return { data, dims: [rows.length, columns] };
}
