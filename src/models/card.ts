import { z } from 'zod';
import { BenchError } from '../core/errors.js';

/** What is known about one file of trained weights: identity, origin, licence and use. Stored as `ID.card.json` beside it. */
export interface ModelCard {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly title: string;
  /** What the benchmark uses it for. */
  readonly role: string;
  /** Name of the weights file in the card's folder. */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  /** SPDX identifier of the licence of the weights. */
  readonly licence: string;
  /** Licence and notice texts in the card's folder that must travel with the weights. */
  readonly licenceFiles: readonly string[];
  readonly citation: string;
  /** Where the weights come from, with the version. */
  readonly source: string;
  /** How they became this file. */
  readonly conversion: string;
  /** What must be done to sound or pictures before they are fed. */
  readonly frontEnd: string;
  readonly inputs: readonly {
    readonly name: string;
    /** Names stand for free dimensions. */
    readonly shape: readonly (number | string)[];
    readonly summary: string;
  }[];
  readonly outputs: readonly { readonly name: string; readonly columns: number; readonly summary: string }[];
  /** Names of the columns of the class or tag outputs, in order. */
  readonly labels?: readonly string[];
  /** What a reader of figures made with it must know. */
  readonly notes: readonly string[];
}

const text = z.string().min(1);
const fileName = z.string().regex(/^[\w.-]+$/, 'expected a file name without a folder');

const cardSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: z.string().regex(/^[a-z0-9-]+$/, 'expected lower-case letters, digits and -'),
  title: text,
  role: text,
  file: fileName,
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits'),
  bytes: z.int().positive(),
  licence: text,
  licenceFiles: z.array(fileName).min(1),
  citation: text,
  source: text,
  conversion: text,
  frontEnd: text,
  inputs: z.array(z.strictObject({ name: text, shape: z.array(z.union([z.int().positive(), text])), summary: text })),
  outputs: z.array(z.strictObject({ name: text, columns: z.int().positive(), summary: text })).min(1),
  labels: z.array(text).optional(),
  notes: z.array(text),
});

/** Reads a card from the text of a JSON file. Throws a BenchError that names `file` and each wrong field. */
export function parseModelCard(json: string, file: string): ModelCard {
  const parsed = cardSchema.safeParse(parseJson(json, file));
  if (parsed.success) {
    const { labels, ...card } = parsed.data;
    return labels === undefined ? card : { ...card, labels };
  }
  const [first, ...others] = parsed.error.issues.map(({ path, message }) => ({
    field: path.join('.') || '(whole file)',
    message,
  }));
  const more = others.map(({ field, message }) => `${field}: ${message}`).join('; ');
  throw new BenchError({
    code: 'invalid-model-card',
    kind: 'input',
    file,
    ...(first === undefined ? {} : { field: first.field }),
    problem: first?.message ?? 'the card is invalid',
    remedy: more === '' ? 'Correct this field' : `Correct this field, and also ${more}`,
  });
}

function parseJson(json: string, file: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new BenchError({
      code: 'invalid-model-card',
      kind: 'input',
      file,
      problem: `the card is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
      remedy: 'Correct the file',
      cause,
    });
  }
}
