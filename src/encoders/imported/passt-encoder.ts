import type { FeatureMatrix, Features } from '../../core/features.js';
import { type Outcome, ok, skipped } from '../../core/outcome.js';
import { passtFrontEnd, passtLogMel } from '../../dsp/passt-log-mel.js';
import { soundWindows } from '../../dsp/sound-windows.js';
import type { PasstDimensions } from '../../models/architectures/passt.js';
import type { ImportedModel } from '../../models/import/imported-model.js';
import type { AudioEncoder } from '../encoder.js';
import { unusableSound, warnOfSilence } from '../unusable-sound.js';
import type { EncoderSettings } from './encoder-settings.js';
import { describeNetwork, lazyNetwork } from './network.js';

const { sampleRateHz, melBands, hopSamples } = passtFrontEnd;
/** A column of patches is 0.1 s. */
const samplesPerColumn = 10 * hopSamples;

/** PaSST on the protocol's windows, none longer than the network takes. */
export function createPasstEncoder(model: ImportedModel, { windows, compute }: EncoderSettings): AudioEncoder {
  const plan = windows.passt;
  const { columns } = model.card.dimensions as unknown as PasstDimensions;
  const networkSamples = (columns + 1) * samplesPerColumn;
  const network = lazyNetwork(model, compute);
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
      for (const alike of ofOneLength(soundWindows(mono, plan, networkSamples))) {
        const first = passtLogMel(alike[0]!);
        const run = { input: { name: 'mel', shape: [melBands, first.columns] }, batchSize: 1, signal };
        const outcome = await network.run(melsOf(first.data, alike.slice(1)), run);
        if (outcome.status !== 'ok') return outcome;
        parts.push(outcome.value);
      }
      if (parts.length === 0) return skipped(`the sound is shorter than ${plan.shortestTailSamples / sampleRateHz} s`);
      return warnOfSilence(ok(joined(parts)), mono);
    },
  };
}

/** Neighbours of one length, which can go side by side: all but the last, mostly. */
function ofOneLength(windows: readonly Float32Array[]): Float32Array[][] {
  const groups: Float32Array[][] = [];
  for (const window of windows) {
    const last = groups.at(-1);
    if (last !== undefined && last[0]!.length === window.length) last.push(window);
    else groups.push([window]);
  }
  return groups;
}

function* melsOf(first: Float32Array, windows: readonly Float32Array[]): Generator<Float32Array> {
  yield first;
  for (const window of windows) yield passtLogMel(window).data;
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
