import type { FeatureMatrix, Features } from '../../core/features.js';
import { type Outcome, ok, skipped } from '../../core/outcome.js';
import type { Protocol } from '../../core/protocol.js';
import { passtFrontEnd, passtLogMel } from '../../dsp/passt-log-mel.js';
import { soundWindows } from '../../dsp/sound-windows.js';
import type { PasstDimensions } from '../../models/architectures/passt.js';
import type { ImportedModel } from '../../models/import/imported-model.js';
import type { AudioEncoder } from '../encoder.js';
import { unusableSound, warnOfSilence } from '../unusable-sound.js';
import { describeNetwork, lazyNetwork } from './network.js';

const { sampleRateHz, melBands, hopSamples } = passtFrontEnd;
/** A column of patches is 0.1 s. */
const samplesPerColumn = 10 * hopSamples;

/** PaSST on the protocol's windows, none longer than the network takes. */
export function createPasstEncoder(model: ImportedModel, { windows }: Pick<Protocol, 'windows'>): AudioEncoder {
  const plan = windows.passt;
  const { columns } = model.card.dimensions as unknown as PasstDimensions;
  const networkSamples = (columns + 1) * samplesPerColumn;
  const network = lazyNetwork(model);
  return {
    ...describeNetwork(
      model,
      `PaSST features and AudioSet logits, one row a window of at most ${(columns + 1) / 10} s`,
    ),
    version: 2,
    parameters: { networkSamples, ...plan },
    modality: 'audio',
    family: 'passt',
    sampleRateHz,
    loudnessMatched: true,
    async encode(mono, { signal } = {}): Promise<Outcome<Features>> {
      const unusable = unusableSound(mono);
      if (unusable !== undefined) return unusable;
      const parts: Features[] = [];
      for (const window of soundWindows(mono, plan, networkSamples)) {
        const { columns: frames, data } = passtLogMel(window);
        const run = { input: { name: 'mel', shape: [melBands, frames] }, batchSize: 1, signal };
        const outcome = await network.run([data], run);
        if (outcome.status !== 'ok') return outcome;
        parts.push(outcome.value);
      }
      if (parts.length === 0) return skipped(`the sound is shorter than ${plan.shortestTailSamples / sampleRateHz} s`);
      return warnOfSilence(ok(joined(parts)), mono);
    },
  };
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
