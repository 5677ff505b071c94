import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { hashOf } from '../../core/hash.js';
import type { Architecture } from '../architectures/architecture.js';
import type { EncodecDimensions } from '../architectures/encodec/dimensions.js';
import { encodecLatent, encodecSamples } from '../architectures/encodec/encodec.js';
import type { VidmuseDimensions } from '../architectures/vidmuse/dimensions.js';
import { vidmuseLongTerm, vidmuseShortTerm } from '../architectures/vidmuse/long-short-term-visual.js';
import { vidmuseDecoder } from '../architectures/vidmuse/music-decoder.js';
import { vidmuseVisualEncoder } from '../architectures/vidmuse/visual-encoder.js';
import { openCheckpoint } from '../checkpoint/open-checkpoint.js';
import { safetensorsFile } from '../checkpoint/write-safetensors.js';
import { type SavedTensor, writeTorchZip } from '../checkpoint/write-torch-zip.js';
import { sourcesOf } from '../import/check-tensors.js';
import { importerVersion } from '../import/import-model.js';
import { readImportedModel } from '../import/imported-model.js';
import { withSettings } from '../import/with-settings.js';
import { importedFolder } from '../models-folder.js';
import { encodec32khz } from '../official/encodec.js';
import { importOfficial } from '../official/import-official.js';
import type { OfficialModel } from '../official/official-model.js';
import { vidmuse } from '../official/vidmuse.js';
import { untrainedValues } from './weights.js';

/** Raised by any change of sizes or formula. */
const version = 1;
const seed = 1;

const dimensions: VidmuseDimensions = {
  clip: { width: 36, hiddenWidth: 72, depth: 1, heads: 3, patch: 32, side: 2 },
  visual: { tokens: 5, depth: 1, heads: 2, attentionWidth: 32, hiddenWidth: 64 },
  decoder: {
    ...{ width: 32, hiddenWidth: 128, depth: 2, heads: 2, codebooks: 4, codebookSize: 64 },
    ...{ delays: [0, 1, 2, 3], guidance: 3 },
  },
};

const codecDimensions: EncodecDimensions = {
  ...{ layout: 'transformers', weightNorm: 'weight-g-v', codebooks: 4, codebookSize: 64, codeWidth: 16 },
  ...{ channels: [32, 16, 8, 4, 4], ratios: [8, 5, 4, 4], lstmLayers: 2, kernel: 7, residualKernel: 3 },
  ...{ residualChannels: [8, 4, 2, 2], padMode: 'reflect' },
};

/** Training settings as the released file has them, as far as they are read. */
const settings = {
  sample_rate: 32_000,
  channels: 1,
  codebooks_pattern: { modeling: 'delay', delay: { delays: [...dimensions.decoder.delays] } },
  classifier_free_guidance: { inference_coef: dimensions.decoder.guidance },
  transformer_lm: {
    ...{ dim: dimensions.decoder.width, num_heads: dimensions.decoder.heads, num_layers: dimensions.decoder.depth },
    hidden_scale: dimensions.decoder.hiddenWidth / dimensions.decoder.width,
    ...{ n_q: dimensions.decoder.codebooks, card: dimensions.decoder.codebookSize },
    ...{ activation: 'gelu', norm_first: true },
  },
};

/**
 * A models folder with a tiny VidMuse and codec whose weights come from a formula: files in the released formats are written, then imported as a user's
 * files are. Kept in `folder`, where the next call finds it.
 */
export async function importUntrainedVidmuse(options: {
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
}): Promise<string> {
  const identity = hashOf([version, seed, importerVersion, dimensions as never, codecDimensions as never, versions()]);
  const modelsFolder = join(options.folder, `vidmuse-${identity.slice(0, 10)}`);
  if (await isImported(modelsFolder)) return modelsFolder;
  const files = join(modelsFolder, 'downloads', 'untrained');
  await rm(modelsFolder, { recursive: true, force: true });
  await mkdir(files, { recursive: true });
  const rest = { modelsFolder, overwrite: true, hints: { clipHeads: dimensions.clip.heads }, signal: options.signal };
  await using model = await openCheckpoint(await writeModel(files));
  await importOfficial(standIn(vidmuse), { ...rest, checkpoint: model });
  await using codec = await withSettings(await openCheckpoint(await writeCodec(files)));
  await importOfficial(standIn(encodec32khz), { ...rest, checkpoint: codec });
  return modelsFolder;
}

const networks = [vidmuseVisualEncoder, vidmuseLongTerm, vidmuseShortTerm, vidmuseDecoder];
const codecNetworks = [encodecLatent, encodecSamples];

function versions(): string[] {
  return [...networks, ...codecNetworks].map(({ id, version: one }) => `${id}@${one}`);
}

/** The last network that is imported is there only if all are. */
async function isImported(modelsFolder: string): Promise<boolean> {
  return readImportedModel(importedFolder(modelsFolder, encodec32khz.networks.at(-1)!.id)).then(
    () => true,
    () => false,
  );
}

function standIn(official: OfficialModel): OfficialModel {
  return {
    ...official,
    facts: {
      ...official.facts,
      title: `UNTRAINED stand-in for ${official.facts.title}`,
      ...{ origin: 'weights by formula', revision: `formula ${version}, seed ${seed}`, licence: 'MIT' },
      ...{ nonCommercial: false, trained: false },
      notes: ['What it makes means nothing: it shows that the way from video to music works.'],
    },
  };
}

function tensorsOf<Dimensions>(all: readonly Architecture<Dimensions>[], sizes: Dimensions): readonly SavedTensor[] {
  const graphs = all.flatMap((one) => [
    one.buildGraph(sizes),
    ...(one.companions?.(sizes, 'f32') ?? []).map(({ graph }) => graph),
  ]);
  const shapes = new Map(graphs.flatMap((graph) => [...sourcesOf(graph)]));
  return [...shapes].map(([name, shape]) => ({ name, shape }));
}

async function writeModel(folder: string): Promise<string> {
  const path = join(folder, 'state_dict.bin');
  await writeTorchZip(path, tensorsOf(networks, dimensions), {
    ...{ under: 'best_state', texts: { 'xp.cfg': stringify(settings), version: '1.2.0a1' }, flags: ['exported'] },
    valuesOf: (tensor) => [untrainedValues(tensor, seed)],
  });
  return path;
}

async function writeCodec(folder: string): Promise<string> {
  const path = join(folder, 'model.safetensors');
  const tensors = tensorsOf(codecNetworks, codecDimensions).map((tensor) => ({ ...tensor, type: 'float32' as const }));
  const parts: Uint8Array[] = [];
  const bytesOf = async (tensor: SavedTensor): Promise<Uint8Array> => {
    const { buffer, byteOffset, byteLength } = untrainedValues(tensor, seed);
    return new Uint8Array(buffer, byteOffset, byteLength);
  };
  for await (const part of safetensorsFile(tensors, { bytesOf })) parts.push(part);
  await writeFile(path, Buffer.concat(parts));
  await writeFile(join(folder, 'config.json'), JSON.stringify({ pad_mode: codecDimensions.padMode }));
  return path;
}
