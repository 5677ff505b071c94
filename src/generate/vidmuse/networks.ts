import { BenchError } from '../../core/errors.js';
import type { EncodecDimensions } from '../../models/architectures/encodec/dimensions.js';
import type { VidmuseDimensions } from '../../models/architectures/vidmuse/dimensions.js';
import { type ImportedModel, openImportedModel } from '../../models/import/imported-model.js';
import type { ModelSession, SessionOptions, TensorData } from '../../models/session.js';

/** What looks and what speaks: the networks of a generator but for the decoder, opened. */
export interface VidmuseNetworks {
  readonly dimensions: VidmuseDimensions;
  readonly codecDimensions: EncodecDimensions;
  readonly visualEncoder: ModelSession;
  readonly longTerm: ModelSession;
  readonly shortTerm: ModelSession;
  readonly codecLatent: ModelSession;
  readonly codecSamples: ModelSession;
}

/** All networks, imported. */
export type VidmuseModels = Readonly<Record<VidmuseNetworkName | 'decoder', ImportedModel>>;

export const vidmuseNetworkNames = ['visualEncoder', 'longTerm', 'shortTerm', 'codecLatent', 'codecSamples'] as const;
export type VidmuseNetworkName = (typeof vidmuseNetworkNames)[number];

/** Opens all networks but the decoder (see `open-token-decoder`). Throws a BenchError where files are not as they were imported, or codec and decoder do not fit. */
export async function openVidmuse(
  models: VidmuseModels,
  options: Pick<SessionOptions, 'provider' | 'threads'> = {},
): Promise<VidmuseNetworks & AsyncDisposable> {
  const dimensions = models.decoder.card.dimensions as unknown as VidmuseDimensions;
  const codecDimensions = models.codecLatent.card.dimensions as unknown as EncodecDimensions;
  checkCodec(models, { dimensions, codecDimensions });
  const opened: ModelSession[] = [];
  const close = async (): Promise<void> => {
    for (const session of opened) await session[Symbol.asyncDispose]();
  };
  try {
    for (const name of vidmuseNetworkNames) opened.push(await openImportedModel(models[name], options));
  } catch (error) {
    await close();
    throw error;
  }
  const sessions = Object.fromEntries(vidmuseNetworkNames.map((name, index) => [name, opened[index]!]));
  return {
    ...(sessions as unknown as Record<VidmuseNetworkName, ModelSession>),
    ...{ dimensions, codecDimensions },
    [Symbol.asyncDispose]: close,
  };
}

type Fit = Pick<VidmuseNetworks, 'dimensions' | 'codecDimensions'>;

function checkCodec(models: VidmuseModels, { dimensions: { decoder }, codecDimensions: codec }: Fit): void {
  const fits = codec.codebooks >= decoder.codebooks && codec.codebookSize === decoder.codebookSize;
  if (fits) return;
  throw new BenchError({
    code: 'codec-not-fitting',
    kind: 'input',
    file: models.codecLatent.folder,
    problem: 'the codec does not speak the codes of the decoder',
    expected: `${decoder.codebooks} codebooks of ${decoder.codebookSize}`,
    got: `${codec.codebooks} codebooks of ${codec.codebookSize}`,
    remedy: 'Import the codec that the model was trained with: facebook/encodec_32khz for the released VidMuse',
  });
}

/** An output that must be there. */
export function outputOf(results: Readonly<Record<string, TensorData>>, name: string): TensorData {
  const found = results[name];
  if (found === undefined) throw new TypeError(`the network has no output ${name}`);
  return found;
}
