import type { Features } from '../core/features.js';
import { type Outcome, ok } from '../core/outcome.js';
import { musicnnFrontEnd, musicnnPatches } from '../dsp/musicnn-log-mel.js';
import { findModel, type Model } from '../models/catalogue.js';
import { lazySession } from '../models/lazy-session.js';
import type { AudioEncoder } from './encoder.js';
import { runInBatches } from './run-in-batches.js';
import { isSilent, unusableOrSilentSound } from './unusable-sound.js';

/** The data set that the weights were trained on: MagnaTagATune or the Million Song Dataset. */
export type MusicnnVariant = 'mtt' | 'msd';

export interface MusicnnOptions {
  /** Weights; left out: those that ship with the package. */
  readonly model?: Model;
  /** Windows in one run of the network, 1 if left out: larger runs are no faster, take more memory and round differently (4e-7). */
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
  const openOnce = lazySession(model);
  return {
    id: `musicnn-${variant}`,
    version: 1,
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
      const patches = musicnnPatches(mono);
      if (patches.status !== 'ok') return patches;
      signal?.throwIfAborted();
      const features = await runInBatches(patches.value, {
        session: await openOnce(),
        input: { name: 'logmel', shape: [patchFrames, melBands] },
        outputs,
        batchSize: options.batchSize ?? 1,
        signal,
      });
      return ok(features, silenceWarnings(patches.value));
    },
  };
}

/** Windows of digital silence inside audible sound keep their row, so that rows stay seconds; the reader is told. */
function silenceWarnings(patches: readonly Float32Array[]): readonly string[] {
  const silent = patches.filter(isSilent).length;
  return silent === 0 ? [] : [`${silent} of ${patches.length} windows are digital silence, whose tags mean nothing`];
}
