import { join } from 'node:path';
import { BenchError } from '../../core/errors.js';
import {
  type Downloaded,
  type DownloadOptions,
  type DownloadRequest,
  downloadFile,
} from '../../download/download-file.js';
import { type HubOptions, resolveHubFile } from '../../download/hub-file.js';
import type { OfficialFile, OfficialModel } from '../official/official-model.js';

export interface PullOptions extends Omit<DownloadOptions, 'onProgress'> {
  /** Where the files are put, under their own names. */
  readonly folder: string;
  readonly hub?: HubOptions;
  readonly onProgress?: (
    file: OfficialFile,
    progress: Parameters<NonNullable<DownloadOptions['onProgress']>>[0],
  ) => void;
}

export interface PulledFile extends Downloaded {
  readonly file: OfficialFile;
}

/** Fetches all files of an official model, one after the other. Throws a BenchError for a model that cannot be imported anyway. */
export async function pullModel(model: OfficialModel, options: PullOptions): Promise<readonly PulledFile[]> {
  refuseUnsupported(model);
  const pulled: PulledFile[] = [];
  for (const file of model.files) {
    const request = { ...(await requestFor(file, options.hub)), target: join(options.folder, file.name) };
    const { onProgress, ...rest } = options;
    const download = await downloadFile(request, { ...rest, onProgress: (progress) => onProgress?.(file, progress) });
    pulled.push({ ...download, file });
  }
  return pulled;
}

/** Throws a BenchError that says why, where `bench` cannot import the model. */
export function refuseUnsupported({ facts, unsupported }: OfficialModel): void {
  if (unsupported === undefined) return;
  throw new BenchError({
    code: 'model-not-supported',
    kind: 'usage',
    problem: `${facts.id} is not supported: ${unsupported}`,
    remedy: 'Use another model of `bench models list`',
  });
}

/** What the card states goes before what the hub says: a file that was replaced there is refused. */
async function requestFor(
  { source, bytes, sha256 }: OfficialFile,
  hub: HubOptions | undefined,
): Promise<Omit<DownloadRequest, 'target'>> {
  const found = source.kind === 'url' ? { url: source.url } : await resolveHubFile(source, hub);
  return { ...found, ...(bytes === undefined ? {} : { bytes }), ...(sha256 === undefined ? {} : { sha256 }) };
}
