import type { FeatureMatrix, Features } from '../../core/features.js';
import { mapOutcome, type Outcome, ok, skipped } from '../../core/outcome.js';
import type { MertPlan } from '../../core/protocol.js';
import { mertPlanOf } from '../../core/protocols/common.js';
import { soundWindows } from '../../dsp/sound-windows.js';
import { standardised } from '../../dsp/standardised.js';
import { type MertDimensions, mertLayer } from '../../models/architectures/mert.js';
import type { ImportedModel } from '../../models/import/imported-model.js';
import type { AudioEncoder } from '../encoder.js';
import { joinedRows } from '../run-in-batches.js';
import { unusableSound, warnOfSilence } from '../unusable-sound.js';
import type { EncoderSettings } from './encoder-settings.js';
import { meansOfSeconds } from './means-of-seconds.js';
import { describeNetwork, type LazyNetwork, lazyNetwork } from './network.js';
import { type LayerOf, type LayersOf, sharedLayers } from './shared-layers.js';

const sampleRateHz = 24_000;

/** What stands behind the model's id in the name of an encoder over one of its layers. */
export const layerSuffix: RegExp = /-layer-\d+$/;

/**
 * MERT behind each of its blocks: the last one under the model's own id, as fadtk and kadtk name it, the others with their number. One run
 * of the network serves all that are used.
 */
export function createMertEncoders(model: ImportedModel, settings: EncoderSettings): readonly AudioEncoder[] {
  const plan = mertPlanOf(settings);
  const { depth } = model.card.dimensions as unknown as MertDimensions;
  const layerOf = sharedLayers(layersOver(lazyNetwork(model, settings.compute), plan));
  const others = Array.from({ length: depth - 1 }, (_, index) => index + 1);
  return [depth, ...others].map((layer) => layerEncoder(model, { layer, layerOf, plan }));
}

interface LayerOptions {
  readonly layer: number;
  readonly layerOf: LayerOf;
  readonly plan: MertPlan;
}

function layerEncoder(model: ImportedModel, { layer, layerOf, plan }: LayerOptions): AudioEncoder {
  const { depth, width } = model.card.dimensions as unknown as MertDimensions;
  const row = plan.rows === 'seconds' ? 'one row a second' : 'one row a frame of 1/75 s';
  const description = describeNetwork(model, `MERT behind block ${layer} of ${depth}, ${row}`);
  return {
    ...description,
    id: layer === depth ? description.id : `${description.id}-layer-${layer}`,
    outputs: [{ name: 'embedding', columns: width, summary: `hidden state behind block ${layer}, ${row}` }],
    version: 1,
    parameters: { layer, ...plan },
    modality: 'audio',
    sampleRateHz,
    loudnessMatched: true,
    async encode(mono, { signal } = {}): Promise<Outcome<Features>> {
      const unusable = unusableSound(mono);
      if (unusable !== undefined) return unusable;
      const outcome = await layerOf(mono, layer, signal);
      if (outcome.status === 'ok' && outcome.value.rows === 0) return skipped(tooShort(plan));
      return warnOfSilence(
        mapOutcome(outcome, (embedding) => ({ embedding })),
        mono,
      );
    },
  };
}

/** Runs the network on each window of the plan, each with mean 0 and variance 1; layers have the rows of all of them. */
function layersOver(network: LazyNetwork, plan: MertPlan): LayersOf {
  return async (mono, layers, signal) => {
    const outputs = layers.map(mertLayer);
    const chunks = new Map<number, FeatureMatrix[]>(layers.map((layer) => [layer, []]));
    for (const window of soundWindows(mono, plan, Number.POSITIVE_INFINITY)) {
      const samples = { data: standardised(window), dims: [1, window.length] };
      const outcome = await network.runOn({ samples }, { outputs, signal });
      if (outcome.status !== 'ok') return outcome;
      for (const layer of layers) {
        const frames = outcome.value[mertLayer(layer)]!;
        const seconds = window.length / sampleRateHz;
        chunks.get(layer)!.push(plan.rows === 'seconds' ? meansOfSeconds(frames, seconds) : frames);
      }
    }
    return ok(new Map(layers.map((layer) => [layer, underEachOther(chunks.get(layer)!)])));
  };
}

function underEachOther(parts: readonly FeatureMatrix[]): FeatureMatrix {
  const columns = parts[0]?.columns ?? 1;
  return joinedRows({ name: 'embedding', columns, chunks: parts.map(({ data }) => data) });
}

function tooShort({ rows, shortestTailSamples }: MertPlan): string {
  const seconds = rows === 'seconds' ? 1 : shortestTailSamples / sampleRateHz;
  return `the sound is shorter than ${seconds.toFixed(3).replace(/\.?0+$/, '')} s, which MERT needs`;
}
