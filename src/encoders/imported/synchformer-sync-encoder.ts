import type { FeatureMatrix, Features } from '../../core/features.js';
import { type Outcome, skipped } from '../../core/outcome.js';
import { pairSegments } from '../../models/architectures/synchformer/checkpoint-parts.js';
import type { ImportedModel } from '../../models/import/imported-model.js';
import type { TensorData } from '../../models/session.js';
import type { PairEncoder, PairFeatures } from '../encoder.js';
import type { EncoderSettings } from './encoder-settings.js';
import { describeNetwork, lazyNetwork } from './network.js';

/**
 * Synchformer's network over both towers' tokens, twice: on the first 14 segments and on the last 14 that sound and pictures have in common
 * (av-benchmark 050a5cd, av_bench/evaluate.py). Two rows of logits.
 */
export function createSynchformerSyncEncoder(model: ImportedModel, { compute }: EncoderSettings): PairEncoder {
  const network = lazyNetwork(model, compute);
  return {
    ...describeNetwork(model, 'Synchformer logits of 21 offsets, of the first 4.8 s and of the last'),
    version: 1,
    parameters: { pairSegments },
    modality: 'pair',
    reads: { sound: 'synchformer-audio', pictures: 'synchformer-video' },
    async encode(features, { signal } = {}): Promise<Outcome<Features>> {
      const ends = [features.sound, features.pictures].map(({ segments }) => segments!.data.at(-1) ?? -1);
      const common = Math.min(...ends) + 1;
      if (common < pairSegments) return skipped('sound and pictures have less than 4.8 s in common');
      const starts = [0, common - pairSegments];
      const [sound, pictures] = [rowsFrom(features.sound, starts), rowsFrom(features.pictures, starts)];
      if (sound === undefined || pictures === undefined) return skipped(tooDifferent(features));
      return network.runOn({ sound, pictures }, { signal });
    },
  };
}

function tooDifferent({ sound, pictures }: PairFeatures): string {
  const seconds = ({ segments }: Features): string => ((segments!.data.at(-1)! + 2) * 0.32).toFixed(2);
  return `the sound ends at about ${seconds(sound)} s and the pictures at about ${seconds(pictures)} s: their last 4.8 s cannot be held against each other`;
}

/** The 14 rows from each of the segment numbers on, [starts, 14, columns]; undefined where one is not there. */
function rowsFrom({ features, segments }: Features, starts: readonly number[]): TensorData | undefined {
  const { columns, data } = features as FeatureMatrix;
  const length = pairSegments * columns;
  const out = new Float32Array(starts.length * length);
  for (const [index, start] of starts.entries()) {
    const row = segments!.data.indexOf(start);
    // Rows are in order, so 14 in a row end where they should.
    if (row < 0 || segments!.data[row + pairSegments - 1] !== start + pairSegments - 1) return undefined;
    out.set(data.subarray(row * columns, row * columns + length), index * length);
  }
  return { data: out, dims: [starts.length, pairSegments, columns] };
}
