import { type Cnn14Variant, createCnn14 } from '../../models/architectures/cnn14.js';
import type { TensorData } from '../../models/session.js';
import type { CaseRunner } from '../case-runner.js';
import { runLogMelNetwork } from './log-mel-network.js';

/** Log-mel in dB, [1, frames, 64], of mono sound at the variant's rate. */
export type PannsFrontEnd = (mono: Float32Array) => TensorData;

/** The golden files of one CNN14, computed with its front end. */
export function createCnn14Runner(variant: Cnn14Variant, logMel: PannsFrontEnd): CaseRunner {
  const name = variant.replace('-', '_');
  return {
    name,
    handles: (encoder) => encoder === name,
    run: (request) =>
      runLogMelNetwork(request, {
        architecture: createCnn14(variant),
        logMel,
        // The official code keeps an axis for the one channel.
        special: { logmel: async (mono) => withChannelAxis(logMel(mono)) },
      }),
  };
}

function withChannelAxis({ data, dims: [batch = 1, ...rest] }: TensorData): TensorData {
  return { data, dims: [batch, 1, ...rest] };
}
