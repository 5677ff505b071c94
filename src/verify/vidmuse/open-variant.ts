import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openVidmuse, type VidmuseModels, type VidmuseNetworks } from '../../generate/vidmuse/networks.js';
import type { StepNetworks } from '../../generate/vidmuse/token-decoder.js';
import type { Architecture } from '../../models/architectures/architecture.js';
import { encodecLatent, encodecSamples } from '../../models/architectures/encodec/encodec.js';
import { vidmuseLongTerm, vidmuseShortTerm } from '../../models/architectures/vidmuse/long-short-term-visual.js';
import { decoderGraphs, vidmuseDecoder } from '../../models/architectures/vidmuse/music-decoder.js';
import { vidmuseVisualEncoder } from '../../models/architectures/vidmuse/visual-encoder.js';
import type { Checkpoint } from '../../models/checkpoint/checkpoint.js';
import { openCheckpoint } from '../../models/checkpoint/open-checkpoint.js';
import { importModel } from '../../models/import/import-model.js';
import { type ImportedModel, openImportedModel } from '../../models/import/imported-model.js';
import { withSettings } from '../../models/import/with-settings.js';
import type { RunSettings } from '../case-runner.js';
import { recipeWeights } from './recipe-weights.js';
import { exists, type Variant } from './variant.js';

export interface OpenVariantOptions {
  readonly settings: RunSettings;
  /** An empty folder for the imported networks. */
  readonly workFolder: string;
  readonly signal?: AbortSignal | undefined;
}

type Codec = 'codec_hf' | 'codec_hf_parametrizations' | 'codec_audiocraft';

/** All networks, the decoder among them. */
export interface OpenedVariant extends VidmuseNetworks, StepNetworks {
  readonly models: VidmuseModels;
}

/**
 * The networks of a variant by the way that a user's checkpoint goes: from the files that it brings, or from its recipe. `codec` chooses between
 * the codec's layouts.
 */
export async function openVariant(
  variant: Variant,
  options: OpenVariantOptions & { readonly codec?: Codec },
): Promise<OpenedVariant & AsyncDisposable> {
  const { codec: layout = 'codec_hf' } = options;
  const workFolder = join(options.workFolder, `${variant.name}-${layout}`);
  await mkdir(workFolder, { recursive: true });
  await using model = await modelCheckpoint(variant);
  await using codec = await codecCheckpoint(variant, layout);
  const imported = async <Dimensions>(checkpoint: Checkpoint, architecture: Architecture<Dimensions>) =>
    importNetwork(checkpoint, architecture, { ...options, variant, workFolder });
  const models: VidmuseModels = {
    visualEncoder: await imported(model, vidmuseVisualEncoder),
    longTerm: await imported(model, vidmuseLongTerm),
    shortTerm: await imported(model, vidmuseShortTerm),
    decoder: await imported(model, vidmuseDecoder),
    codecLatent: await imported(codec, encodecLatent),
    codecSamples: await imported(codec, encodecSamples),
  };
  const provider = { provider: options.settings.provider };
  const networks = await openVidmuse(models, provider);
  const decoder = await openImportedModel(models.decoder, provider);
  const decoderMemory = await openImportedModel(models.decoder, { ...provider, companion: decoderGraphs.memory });
  return {
    ...{ ...networks, models, decoder, decoderMemory },
    async [Symbol.asyncDispose]() {
      for (const opened of [networks, decoder, decoderMemory]) await opened[Symbol.asyncDispose]();
    },
  };
}

/** Whether a variant brings a codec in this layout. */
export function hasCodec({ folder }: Variant, codec: Codec): Promise<boolean> {
  return exists(codecPath(folder, codec));
}

async function modelCheckpoint({ folder, recipe }: Variant): Promise<Checkpoint> {
  const file = join(folder, 'model/state_dict.bin');
  if (await exists(file)) return openCheckpoint(file);
  const settings = await readFile(join(folder, 'xp_cfg.yaml'), 'utf8');
  const values = new Map([['xp.cfg', settings]]);
  return recipeWeights({ rows: recipe.lm, seed: recipe.seed, values, file: join(folder, 'recipe.json') });
}

async function codecCheckpoint({ folder, recipe }: Variant, codec: Codec): Promise<Checkpoint> {
  const file = codecPath(folder, codec);
  if (await exists(file)) return withSettings(await openCheckpoint(file));
  const settings = await readFile(join(folder, 'codec_hf/config.json'), 'utf8');
  const values = new Map([['config.json', settings]]);
  return recipeWeights({ rows: recipe.codec, seed: recipe.seed, values, file: join(folder, 'recipe.json') });
}

function codecPath(folder: string, codec: Codec): string {
  return join(folder, codec, codec === 'codec_audiocraft' ? 'compression_state_dict.bin' : 'model.safetensors');
}

function importNetwork<Dimensions>(
  checkpoint: Checkpoint,
  architecture: Architecture<Dimensions>,
  { variant, settings, workFolder, signal }: OpenVariantOptions & { readonly variant: Variant },
): Promise<ImportedModel> {
  const { id, probes, source } = architecture;
  return importModel({
    ...{ checkpoint, architecture, probes, signal },
    facts: {
      ...{ id, title: `${variant.name} of the golden values`, origin: 'recipe', revision: 'recipe' },
      ...{ licence: 'CC0-1.0', nonCommercial: false, citation: source, frontEnd: 'as the fixture says' },
    },
    folder: join(workFolder, id),
    dtype: settings.dtype,
    hints: { clipHeads: variant.meta.spec.clip.heads },
    sourceSha256: '0'.repeat(64),
    overwrite: true,
  });
}
