import { openl3FrontEnd, openl3MelSpectrogram, openl3Windows } from '../../dsp/openl3-mel-spectrogram.js';
import { createOpenl3, type Openl3Variant, openl3MelBands } from '../../models/architectures/openl3.js';
import type { TensorData } from '../../models/session.js';
import type { CaseRunner } from '../case-runner.js';
import { runLogMelNetwork } from './log-mel-network.js';

/** The golden files of OpenL3 with one of its front ends, on sound at 48 kHz. */
export function createOpenl3Runner(variant: Openl3Variant): CaseRunner {
  const name = variant.replace('-', '_');
  const spectrograms = (mono: Float32Array): TensorData => spectrogramsOf(mono, openl3MelBands[variant]);
  return {
    name,
    handles: (encoder) => encoder === name,
    run: (request) =>
      runLogMelNetwork(request, {
        architecture: createOpenl3(variant),
        inputName: 'melspectrogram',
        logMel: spectrograms,
        // The official code keeps an axis for the one channel.
        special: { melspectrogram: async (mono) => withChannelAxis(spectrograms(mono)) },
      }),
  };
}

function spectrogramsOf(mono: Float32Array, melBands: number): TensorData {
  const windows = openl3Windows(mono);
  const size = melBands * openl3FrontEnd.frames;
  const data = new Float32Array(windows.length * size);
  for (const [index, window] of windows.entries()) data.set(openl3MelSpectrogram(window, melBands).data, index * size);
  return { data, dims: [windows.length, melBands, openl3FrontEnd.frames] };
}

function withChannelAxis({ data, dims }: TensorData): TensorData {
  return { data, dims: [...dims, 1] };
}
