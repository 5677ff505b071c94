import type { FeatureMatrix, Features } from '../../core/features.js';
import { type Outcome, ok, skipped } from '../../core/outcome.js';
import { passtFrontEnd, passtLogMel } from '../../dsp/passt-log-mel.js';
import type { PasstDimensions } from '../../models/architectures/passt.js';
import type { ImportedModel } from '../../models/import/imported-model.js';
import type { AudioEncoder } from '../encoder.js';
import { unusableSound, warnOfSilence } from '../unusable-sound.js';
import { describeNetwork, lazyNetwork } from './network.js';

const { sampleRateHz, melBands, hopSamples } = passtFrontEnd;
/** A column of patches is 0.1 s. */
const samplesPerColumn = 10 * hopSamples;
/** The shortest rest at the end that is a window of its own, in seconds (audiocraft drops rests of 0.15 s; a patch needs 0.17 s). */
const shortestRestSeconds = 0.5;

/** PaSST on windows as long as the network takes, one after the other; a rest at the end of at least 0.5 s is a shorter window. */
export function createPasstEncoder(model: ImportedModel): AudioEncoder {
  const { columns } = model.card.dimensions as unknown as PasstDimensions;
  const windowSamples = (columns + 1) * samplesPerColumn;
  const network = lazyNetwork(model);
  return {
    ...describeNetwork(model, `PaSST features and AudioSet logits, one row a window of ${(columns + 1) / 10} s`),
    version: 2,
    parameters: { windowSamples, shortestRestSeconds },
    modality: 'audio',
    sampleRateHz,
    loudnessMatched: true,
    async encode(mono, { signal } = {}): Promise<Outcome<Features>> {
      const unusable = unusableSound(mono);
      if (unusable !== undefined) return unusable;
      const parts: Features[] = [];
      for (const window of windowsOf(mono, windowSamples)) {
        const { columns: frames, data } = passtLogMel(window);
        const run = { input: { name: 'mel', shape: [melBands, frames] }, batchSize: 1, signal };
        const outcome = await network.run([data], run);
        if (outcome.status !== 'ok') return outcome;
        parts.push(outcome.value);
      }
      if (parts.length === 0) return skipped(`the sound is shorter than ${shortestRestSeconds} s`);
      return warnOfSilence(ok(joined(parts)), mono);
    },
  };
}

function windowsOf(mono: Float32Array, windowSamples: number): Float32Array[] {
  const windows: Float32Array[] = [];
  for (let start = 0; start < mono.length; start += windowSamples)
    windows.push(mono.subarray(start, start + windowSamples));
  return windows.filter(({ length }) => length >= shortestRestSeconds * sampleRateHz);
}

/** The rows of all windows under each other. */
function joined(parts: readonly Features[]): Features {
  const names = Object.keys(parts[0]!);
  const rows = (name: string): FeatureMatrix => {
    const columns = parts[0]![name]!.columns;
    const data = Float32Array.from(parts.flatMap((part) => [...part[name]!.data]));
    return { rows: data.length / columns, columns, data };
  };
  return Object.fromEntries(names.map((name) => [name, rows(name)]));
}
