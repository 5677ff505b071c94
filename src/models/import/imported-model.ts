import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchError } from '../../core/errors.js';
import { hashFile } from '../../media/hash-file.js';
import { companionFile, modelFile } from '../graph/write-model.js';
import {
  type InPlaceSession,
  type ModelSession,
  openInPlaceSession,
  openResidentSession,
  openSessionFile,
  type ResidentSession,
  type SessionOptions,
} from '../session.js';
import { openThreadedSession } from '../threaded-session.js';
import { cardFile, type ImportedCard, parseImportedCard } from './imported-card.js';

/** The card of an imported model and where its files lie. */
export interface ImportedModel {
  readonly card: ImportedCard;
  readonly folder: string;
  /** Path of `model.onnx`. */
  readonly path: string;
}

/** Reads the card of a folder that `importModel` made. Throws a BenchError where there is none. */
export async function readImportedModel(folder: string): Promise<ImportedModel> {
  const path = join(folder, cardFile);
  const json = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new BenchError({
      code: 'model-not-found',
      kind: 'usage',
      file: path,
      problem: 'there is no imported model',
      remedy: 'Import it with `bench models import`',
      cause,
    });
  });
  return { card: parseImportedCard(json, path), folder, path: join(folder, modelFile) };
}

/**
 * Checks that the files are as the importer left them: by size, which takes no time, or by hash. Throws a BenchError that
 * names the file.
 */
export async function checkFiles(
  { card, folder }: ImportedModel,
  options: { readonly by: 'size' | 'hash'; readonly signal?: AbortSignal },
): Promise<void> {
  for (const { name, bytes, sha256 } of card.files) {
    const path = join(folder, name);
    const size = await stat(path).then(
      (found) => found.size,
      () => undefined,
    );
    if (size !== bytes) throw changed(path, `${bytes} bytes`, size === undefined ? 'no such file' : `${size} bytes`);
    if (options.by === 'size') continue;
    const got = await hashFile(path, options.signal === undefined ? {} : { signal: options.signal });
    if (got !== sha256) throw changed(path, `SHA-256 ${sha256}`, got);
  }
}

function changed(file: string, expected: string, got: string): BenchError {
  return new BenchError({
    code: 'weights-changed',
    kind: 'environment',
    file,
    problem: 'the file is not as it was imported',
    expected,
    got,
    remedy: 'Import the model again',
  });
}

export interface OpenImportedOptions extends Pick<SessionOptions, 'threads' | 'provider'> {
  /** Name of the further graph to open; left out: the network itself. */
  readonly companion?: string;
  /** Runs leave the caller's thread to other work. */
  readonly inThread?: boolean;
}

/** Opens the network, or one of its further graphs, once the sizes of its files are checked. Hashes are up to `bench models verify`: large weights take long. */
export async function openImportedModel(
  model: ImportedModel,
  { companion, inThread = false, ...options }: OpenImportedOptions = {},
): Promise<ModelSession> {
  const path = await graphPath(model, companion);
  return inThread ? openThreadedSession(path, options) : openSessionFile(path, options);
}

export type OpenCompanionOptions = Omit<OpenImportedOptions, 'inThread'> & { readonly companion: string };

/** Opens a further graph whose outputs stay where they are computed; else as `openImportedModel`. */
export async function openResidentCompanion(
  model: ImportedModel,
  { companion, ...options }: OpenCompanionOptions,
): Promise<ResidentSession> {
  return openResidentSession(await graphPath(model, companion), options);
}

/** Opens a further graph that writes outputs in place; else as `openImportedModel`. */
export async function openInPlaceCompanion(
  model: ImportedModel,
  { companion, ...options }: OpenCompanionOptions,
): Promise<InPlaceSession> {
  return openInPlaceSession(await graphPath(model, companion), options);
}

/** Path of a graph once the sizes of all files are checked. Throws a BenchError for a further graph that the importer of the time did not write. */
async function graphPath(model: ImportedModel, companion: string | undefined): Promise<string> {
  await checkFiles(model, { by: 'size' });
  if (companion === undefined) return model.path;
  const name = companionFile(companion);
  if (model.card.files.some((file) => file.name === name)) return join(model.folder, name);
  throw new BenchError({
    code: 'graph-not-imported',
    kind: 'environment',
    file: join(model.folder, name),
    problem: 'the model was imported before this way of running it was there',
    remedy: 'Import the model again with --replace',
  });
}
