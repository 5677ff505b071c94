import { z } from 'zod';
import { BenchError } from '../../core/errors.js';
import { hashOf, type Json } from '../../core/hash.js';

/** What the importer is told about weights; the rest of the card it finds out. */
export interface CardFacts {
  readonly id: string;
  readonly title: string;
  /** Where the weights come from: address or repository. */
  readonly origin: string;
  /** Commit, release or version at the origin. */
  readonly revision: string;
  /** SPDX identifier, or the licence's name. */
  readonly licence: string;
  /** Shown loudly wherever the model is listed or used. */
  readonly nonCommercial: boolean;
  readonly citation: string;
  /** What must be done to sound or pictures before they are fed. */
  readonly frontEnd: string;
  /** Names of the columns of the class output, in order. */
  readonly labels?: readonly string[];
  readonly notes?: readonly string[];
  /** False: weights by a formula, though the file does not say so. */
  readonly trained?: boolean;
}

const text = z.string().min(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits');
const bytes = z.int().nonnegative();

const cardSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('imported'),
  id: z.string().regex(/^[a-z0-9-]+$/, 'expected lower-case letters, digits and -'),
  title: text,
  origin: text,
  revision: text,
  licence: text,
  nonCommercial: z.boolean(),
  citation: text,
  frontEnd: text,
  labels: z.array(text).exactOptional(),
  notes: z.array(text),
  trained: z.boolean(),
  source: z.strictObject({
    file: text,
    format: z.enum(['pytorch-zip', 'pytorch-legacy', 'safetensors', 'keras-hdf5', 'recipe']),
    sha256: sha256.exactOptional(),
  }),
  architecture: z.strictObject({ id: text, version: z.int().positive() }),
  importerVersion: z.int().positive(),
  dimensions: z.json(),
  dtype: z.enum(['f32', 'f16']),
  files: z.array(z.strictObject({ name: z.string().regex(/^[\w.-]+$/), bytes, sha256 })).min(2),
  inputs: z.array(z.strictObject({ name: text, type: text, shape: z.array(z.union([z.int().positive(), text])) })),
  outputs: z.array(z.strictObject({ name: text, columns: z.int().positive(), summary: text })).min(1),
});

/** `card.json` beside the files of an imported model. */
export interface ImportedCard extends Omit<CardFacts, 'notes' | 'trained'> {
  readonly schemaVersion: 1;
  readonly kind: 'imported';
  readonly notes: readonly string[];
  /** False: weights made by a recipe, whose figures mean nothing. */
  readonly trained: boolean;
  readonly source: {
    readonly file: string;
    readonly format: 'pytorch-zip' | 'pytorch-legacy' | 'safetensors' | 'keras-hdf5' | 'recipe';
    /** Of the file; a recipe has none. */
    readonly sha256?: string;
  };
  readonly architecture: { readonly id: string; readonly version: number };
  readonly importerVersion: number;
  /** As the architecture found them in the shapes. */
  readonly dimensions: Json;
  readonly dtype: 'f32' | 'f16';
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
  readonly inputs: readonly {
    readonly name: string;
    readonly type: string;
    readonly shape: readonly (number | string)[];
  }[];
  readonly outputs: readonly { readonly name: string; readonly columns: number; readonly summary: string }[];
}

/** Name of the card in the folder of a model. */
export const cardFile = 'card.json';

/** What the weights are to the cache: network, float type and every weight. */
export function weightsIdentity(card: ImportedCard): string {
  return hashOf(card.files.map((file) => file.sha256));
}

/** Reads a card from the text of a JSON file. Throws a BenchError that names `file` and the first wrong field. */
export function parseImportedCard(json: string, file: string): ImportedCard {
  const parsed = cardSchema.safeParse(fromJson(json));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BenchError({
    code: 'invalid-model-card',
    kind: 'input',
    file,
    field: issue?.path.join('.') || '(whole file)',
    problem: issue?.message ?? 'the card is invalid',
    remedy: 'Import the model again',
  });
}

/** Text that is not JSON becomes undefined, which the schema refuses. */
function fromJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
