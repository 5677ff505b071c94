import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { hashFile } from '../../media/hash-file.js';
import type { Architecture, Companion, ImportHints } from '../architectures/architecture.js';
import type { Checkpoint } from '../checkpoint/checkpoint.js';
import type { FloatType } from '../graph/encode-model.js';
import type { Graph } from '../graph/graph.js';
import { companionFile, modelFile, type WrittenFile, writeModel } from '../graph/write-model.js';
import { checkTensors } from './check-tensors.js';
import { type CardFacts, cardFile, type ImportedCard, parseImportedCard } from './imported-card.js';
import type { ImportedModel } from './imported-model.js';
import { replaceFolder } from './replace-folder.js';
import { tryModel } from './try-model.js';
import { withoutWrapper } from './without-wrapper.js';

/** Raised by any change of the importer that can change a written file. */
export const importerVersion = 1;

export interface ImportProgress {
  readonly step: 'hash' | 'write' | 'try';
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface ImportOptions<Dimensions> {
  /** Stays open: closing it is up to the caller. */
  readonly checkpoint: Checkpoint;
  readonly architecture: Architecture<Dimensions>;
  readonly facts: CardFacts;
  /** Folder of the model, made by the import. */
  readonly folder: string;
  /** f32 if left out. */
  readonly dtype?: FloatType;
  readonly hints?: ImportHints;
  /** Values inside the network to have as outputs too. */
  readonly probes?: readonly string[];
  /** Of the checkpoint's file, where it is known already; left out: taken. */
  readonly sourceSha256?: string;
  /** Replace a model that is there; left out: refuse. */
  readonly overwrite?: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/**
 * Brings an official checkpoint into a folder that onnxruntime can run: checks its tensors, writes `model.onnx`, the architecture's further
 * graphs, `model.onnx.data` and `card.json`, loads the result and runs the shortest input. All or nothing: after a failure or abort the
 * disk is as it was. Throws a BenchError that says what does not fit.
 */
export async function importModel<Dimensions>(options: ImportOptions<Dimensions>): Promise<ImportedModel> {
  const { architecture, folder, hints = {}, probes = [], overwrite = false, signal } = options;
  const checkpoint = withoutWrapper(options.checkpoint, architecture);
  const dimensions = architecture.describe({ ...checkpoint, hints });
  const graph = architecture.buildGraph(dimensions, { probes });
  const companions = architecture.companions?.(dimensions, options.dtype ?? 'f32') ?? [];
  checkTensors([graph, ...companions.map((companion) => companion.graph)], {
    checkpoint,
    isUnused: architecture.isUnused,
  });
  let card: ImportedCard | undefined;
  const fill = async (temporary: string): Promise<void> => {
    signal?.throwIfAborted();
    const sourceSha256 = await hashOfSource(options);
    const files = await writeGraphs({ graph, companions }, temporary, { ...options, checkpoint });
    options.onProgress?.({ step: 'try', doneBytes: 0, totalBytes: 0 });
    const outputs = architecture.outputs(dimensions);
    await tryModel(join(temporary, modelFile), { input: architecture.shortestInput(dimensions), outputs });
    for (const { name, trial } of companions)
      if (trial !== undefined) await tryModel(join(temporary, companionFile(name)), trial);
    card = cardOf(options, { graph, files, dimensions, sourceSha256 });
    await writeFile(join(temporary, cardFile), `${JSON.stringify(card, undefined, 2)}\n`);
    signal?.throwIfAborted();
  };
  await replaceFolder(folder, { overwrite, fill });
  return { card: card!, folder, path: join(folder, modelFile) };
}

/** A recipe has no file. */
async function hashOfSource<Dimensions>(options: ImportOptions<Dimensions>): Promise<string | undefined> {
  const { checkpoint, sourceSha256, signal } = options;
  if (checkpoint.format === 'recipe' || sourceSha256 !== undefined) return sourceSha256;
  options.onProgress?.({ step: 'hash', doneBytes: 0, totalBytes: 0 });
  return hashFile(checkpoint.file, signal === undefined ? {} : { signal });
}

function writeGraphs<Dimensions>(
  { graph, companions }: { readonly graph: Graph; readonly companions: readonly Companion[] },
  folder: string,
  { checkpoint, architecture, dtype = 'f32', signal, onProgress }: ImportOptions<Dimensions>,
): Promise<readonly WrittenFile[]> {
  return writeModel(graph, folder, {
    ...{ checkpoint, companions },
    dtype,
    metadata: { architecture: `${architecture.id}@${architecture.version}`, importer: String(importerVersion) },
    signal,
    onProgress: (doneBytes, totalBytes) => onProgress?.({ step: 'write', doneBytes, totalBytes }),
  });
}

interface Findings<Dimensions> {
  readonly graph: Graph;
  readonly files: readonly WrittenFile[];
  readonly dimensions: Dimensions;
  readonly sourceSha256: string | undefined;
}

/** Goes through the parser, so that what is written can be read. */
function cardOf<Dimensions>(options: ImportOptions<Dimensions>, findings: Findings<Dimensions>): ImportedCard {
  const { checkpoint, architecture, facts, dtype = 'f32' } = options;
  const { graph, files, dimensions, sourceSha256 } = findings;
  const card = {
    schemaVersion: 1,
    kind: 'imported',
    ...facts,
    notes: facts.notes ?? [],
    trained: facts.trained ?? checkpoint.format !== 'recipe',
    source: { file: basename(checkpoint.file), format: checkpoint.format, sha256: sourceSha256 },
    architecture: { id: architecture.id, version: architecture.version },
    importerVersion,
    dimensions,
    dtype,
    files,
    inputs: graph.inputs,
    outputs: architecture.outputs(dimensions),
  };
  return parseImportedCard(JSON.stringify(card), join(options.folder, cardFile));
}
