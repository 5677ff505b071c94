import type { Features } from '../core/features.js';
import { type Outcome, ok } from '../core/outcome.js';
import { type MusicnnWindows, musicnnFrontEnd, musicnnWindows, patchesOf } from '../dsp/musicnn-log-mel.js';
import { musicnnWindowsModel } from '../models/architectures/musicnn-windows.js';
import { findModel, type Model } from '../models/catalogue.js';
import { lazySession } from '../models/lazy-session.js';
import type { InputData, TensorData } from '../models/session.js';
import type { AudioEncoder } from './encoder.js';
import { joinedRows } from './run-in-batches.js';
import { isSilent, unusableOrSilentSound } from './unusable-sound.js';

/** The data set that the weights were trained on: MagnaTagATune or the Million Song Dataset. */
export type MusicnnVariant = 'mtt' | 'msd';

export interface MusicnnOptions {
  /** Weights; left out: those that ship with the package. */
  readonly model?: Model;
  /** Windows in one run of the network, 10 if left out: neighbours share work, and more take more memory and share no more. */
  readonly batchSize?: number;
}

const outputs = [
  { name: 'penultimate', columns: 200, summary: 'hidden layer after ReLU and batch norm, one row a window' },
  { name: 'tags', columns: 50, summary: 'tag probabilities (sigmoid), one row a window' },
  { name: 'logits', columns: 50, summary: 'tags before the sigmoid, one row a window' },
] as const;

const { sampleRateHz, patchFrames, melBands, hopSeconds } = musicnnFrontEnd;

/**
 * MusicNN (Pons and Serra 2019, arXiv:1909.06654) on 3 s windows, one a second. The caller matches loudness first: the network
 * is sensitive to level. Silence is skipped before the network, which would tag it as rock or guitar.
 */
export function createMusicnnEncoder(variant: MusicnnVariant, options: MusicnnOptions = {}): AudioEncoder {
  const model = options.model ?? findModel(`musicnn-${variant}`);
  const openOnce = lazySession(model, { rebuild: musicnnWindowsModel });
  return {
    id: `musicnn-${variant}`,
    version: 2,
    summary: `${model.card.title}: music tags and the layer below them, on 3 s windows`,
    weightsSha256: model.card.sha256,
    parameters: { windowFrames: patchFrames, hopSeconds },
    outputs,
    modality: 'audio',
    sampleRateHz,
    loudnessMatched: true,
    async encode(mono, { signal } = {}): Promise<Outcome<Features>> {
      const unusable = unusableOrSilentSound(mono);
      if (unusable !== undefined) return unusable;
      const windows = musicnnWindows(mono);
      if (windows.status !== 'ok') return windows;
      signal?.throwIfAborted();
      const session = await openOnce();
      const chunks: Record<string, TensorData>[] = [];
      for (const feeds of feedsOf(windows.value, options.batchSize ?? 10)) {
        signal?.throwIfAborted();
        const names = outputs.map(({ name }) => name);
        chunks.push(await session.run(feeds, names));
      }
      const features = outputs.map(({ name, columns }) => {
        const rows = joinedRows({ name, columns, chunks: chunks.map((chunk) => chunk[name]!.data) });
        return [name, rows] as const;
      });
      return ok(Object.fromEntries(features), silenceWarnings(patchesOf(windows.value)));
    },
  };
}

interface Feeds extends Record<string, TensorData<InputData>> {
  /** [frames, 96], from the first of these windows to the last. */
  readonly logmel: TensorData;
  /** [windows] */
  readonly starts: TensorData<BigInt64Array>;
}

/** `batchSize` windows at a time, with the frames that they cover. */
function* feedsOf({ logMel, starts }: MusicnnWindows, batchSize: number): Generator<Feeds> {
  for (let from = 0; from < starts.length; from += batchSize) {
    const batch = starts.slice(from, from + batchSize);
    const first = batch[0]!;
    const end = batch.at(-1)! + patchFrames;
    const relative = BigInt64Array.from(batch, (start) => BigInt(start - first));
    yield {
      logmel: { data: logMel.data.subarray(first * melBands, end * melBands), dims: [end - first, melBands] },
      starts: { data: relative, dims: [batch.length] },
    };
  }
}

/** Windows of digital silence inside audible sound keep their row, so that rows stay seconds; the reader is told. */
function silenceWarnings(patches: readonly Float32Array[]): readonly string[] {
  const silent = patches.filter(isSilent).length;
  return silent === 0 ? [] : [`${silent} of ${patches.length} windows are digital silence, whose tags mean nothing`];
}
