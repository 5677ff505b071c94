import { hashOf } from '../../core/hash.js';
import { licenceLine } from '../../models/licence-line.js';
import { modelsDirectory } from '../../models/models-folder.js';
import { keepFloat32Whole } from '../../models/provider-name.js';
import type { ExecutionProvider } from '../../models/session.js';
import { importUntrainedVidmuse } from '../../models/untrained/vidmuse.js';
import type { Generator } from '../generator.js';
import type { ModelSystem } from '../model-system.js';
import { type Decoding, modelsIdentity, openVidmuseEngine } from './engine.js';
import { fittingBatch } from './gpu-memory.js';
import { readVidmuseModels } from './imported-networks.js';
import { officialSampling } from './sampling.js';
import { createVidmuseGenerator, defaultTrackSettings } from './vidmuse-generator.js';

/** The released generator, from the checkpoint that the user imported. */
export const vidmuseSystem: ModelSystem = {
  id: 'vidmuse',
  title: 'VidMuse',
  summary: 'Tian et al., CVPR 2025: CLIP frames, Long-Short-Term Visual Module, music token decoder, EnCodec',
  async open(options) {
    return generatorOver(modelsDirectory(options.modelsFolder), { system: vidmuseSystem, ...options });
  },
};

/** The same way from video to music with tiny networks whose weights come from a formula. */
export const untrainedVidmuseSystem: ModelSystem = {
  id: 'vidmuse-untrained',
  title: 'VidMuse, UNTRAINED',
  summary:
    'the whole generator with a tiny UNTRAINED checkpoint made by formula: it shows that the way works, and means nothing',
  async open({ untrainedFolder, signal, onSmallerBatch }) {
    const modelsFolder = await importUntrainedVidmuse({ folder: untrainedFolder, signal });
    return generatorOver(modelsFolder, {
      // Networks so small that threads cost more than they bring.
      ...{
        system: untrainedVidmuseSystem,
        provider: 'cpu',
        decoding: 'window',
        batch: 8,
        threads: 1,
        framesAtATime: 8,
        onSmallerBatch,
      },
    });
  },
};

interface Over {
  readonly system: ModelSystem;
  readonly provider: ExecutionProvider;
  readonly batch?: number | undefined;
  readonly decoding?: Decoding;
  readonly threads?: number;
  readonly framesAtATime?: number;
  readonly onSmallerBatch?: ((batch: number) => void) | undefined;
}

async function generatorOver(
  modelsFolder: string,
  { system, provider, batch: asked, framesAtATime = provider === 'cpu' ? 1 : 16, onSmallerBatch, ...rest }: Over,
): Promise<Generator> {
  const models = await readVidmuseModels(modelsFolder);
  const batch = asked ?? (await fittingBatch(provider, models.decoder.card.dimensions));
  const { card } = models.decoder;
  const guidance = (card.dimensions as { readonly decoder: { readonly guidance: number } }).decoder.guidance;
  const { framesAtATime: _, ...audible } = defaultTrackSettings;
  const settings = { ...audible, framesAtATime };
  return createVidmuseGenerator({
    ...{ id: system.id, title: system.title, summary: system.summary, settings, batch },
    licenceNotice: licenceLine(card),
    // In float32 on CUDA a run keeps products whole, which it once did not.
    contentHash: hashOf([
      ...[modelsIdentity(models), card.dtype, card.dtype === 'f32' ? wholeFloat32(provider) : provider],
      ...[guidance, audible, officialSampling as never],
    ]),
    open: () =>
      openVidmuseEngine(models, {
        ...{ provider, batch, guidance, sampling: officialSampling, onSmallerBatch },
        ...(rest.decoding === undefined ? {} : { decoding: rest.decoding }),
        ...(rest.threads === undefined ? {} : { threads: rest.threads }),
      }),
  });
}

function wholeFloat32(provider: ExecutionProvider): string {
  return provider === 'cuda' ? `${keepFloat32Whole(provider)} in float32` : provider;
}
