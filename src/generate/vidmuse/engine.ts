import { hashOf } from '../../core/hash.js';
import { createTurns } from '../../core/turns.js';
import { decoderGraphs } from '../../models/architectures/vidmuse/music-decoder.js';
import { weightsIdentity } from '../../models/import/imported-card.js';
import { openImportedModel } from '../../models/import/imported-model.js';
import type { ExecutionProvider, SessionOptions } from '../../models/session.js';
import type { TrackEngine } from './generate-track.js';
import { openWindowDecoder } from './loop-decoder.js';
import { openVidmuse, type VidmuseModels } from './networks.js';
import { openResidentDecoder } from './resident-decoder.js';
import type { SamplingOptions } from './sampling.js';
import { createTokenDecoder, type TokenDecoder } from './token-decoder.js';
import { nullMemory } from './visual-branches.js';
import { createWindowQueue } from './window-queue.js';

/**
 * How windows are drawn. `step`: one run of the decoder a step, which tells progress and can be stopped anywhere. `resident`: the same, with keys and values
 * that stay on the device. `window`: one run for a whole window, which copies nothing to the host in between. All draw the same codes.
 */
export const decodings = ['step', 'resident', 'window'] as const;
export type Decoding = (typeof decodings)[number];

/** On CUDA onnxruntime-node keeps nothing on the device between runs; on the CPU there is nothing to keep. */
const usualDecoding: Readonly<Record<ExecutionProvider, Decoding>> = {
  cpu: 'step',
  cuda: 'window',
  webgpu: 'resident',
};

export interface EngineOptions extends Pick<SessionOptions, 'provider' | 'threads'> {
  /** Left out: `window` on CUDA, `resident` on WebGPU, `step` on the CPU. */
  readonly decoding?: Decoding;
  /** Most windows side by side. */
  readonly batch: number;
  readonly guidance: number;
  readonly sampling: SamplingOptions;
  readonly onSmallerBatch?: ((batch: number) => void) | undefined;
}

/** An opened generator. */
export interface VidmuseEngine extends TrackEngine, AsyncDisposable {
  readonly decoding: Decoding;
}

/** Opens all networks and computes what every video shares. Throws a BenchError for files that do not fit or a provider that is not there. */
export async function openVidmuseEngine(models: VidmuseModels, options: EngineOptions): Promise<VidmuseEngine> {
  const { provider = 'cpu', threads, decoding = usualDecoding[provider] } = options;
  const session = { provider, ...(threads === undefined ? {} : { threads }) };
  const opened: AsyncDisposable[] = [];
  const keep = <T extends AsyncDisposable>(resource: T): T => {
    opened.unshift(resource);
    return resource;
  };
  const close = async (): Promise<void> => {
    for (const resource of opened) await resource[Symbol.asyncDispose]();
  };
  try {
    const networks = keep(await openVidmuse(models, session));
    const ofNull = await nullMemory(networks);
    const { dimensions } = networks;
    let decoder: TokenDecoder;
    if (decoding === 'window')
      decoder = keep(await openWindowDecoder(models.decoder, { ...session, dimensions, nullMemory: ofNull }));
    else if (decoding === 'resident')
      decoder = keep(await openResidentDecoder(models.decoder, { ...session, nullMemory: ofNull }));
    else {
      const step = keep(await openImportedModel(models.decoder, session));
      const memory = keep(await openImportedModel(models.decoder, { ...session, companion: decoderGraphs.memory }));
      decoder = await createTokenDecoder({ dimensions, decoder: step, decoderMemory: memory }, ofNull);
    }
    const { batch, guidance, sampling, onSmallerBatch } = options;
    return {
      // Two, so that one clip's networks work while another's ffmpeg starts.
      ...{ networks, decoding, looking: createTurns(2) },
      queue: createWindowQueue(decoder, { batch, guidance, sampling, onSmallerBatch }),
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the networks are to a record: architectures, floating type and every weight. */
export function modelsIdentity(models: VidmuseModels): string {
  return hashOf(
    Object.entries(models).map(([name, { card }]) => [name, card.architecture.version, weightsIdentity(card)]),
  );
}
