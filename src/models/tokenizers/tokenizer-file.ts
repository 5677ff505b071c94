import { readFile } from 'node:fs/promises';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { BenchError } from '../../core/errors.js';

/** A byte-pair vocabulary that was read from a `tokenizer.json`. */
export interface Vocabulary {
  /** Token numbers of a text, without marks of beginning and end. */
  encode(text: string): number[];
  /** The number of a token that must exist. */
  idOf(token: string): number;
}

const tokenizerSchema = z.looseObject({
  model: z.looseObject({
    type: z.literal('BPE').optional(),
    vocab: z.record(z.string(), z.int()),
    merges: z.array(z.unknown()),
  }),
  pre_tokenizer: z.looseObject({}),
});

/**
 * Reads a byte-pair `tokenizer.json` of the Hugging Face format. Vocabularies are not bundled: they come with the models they belong to.
 * Throws a BenchError for a missing file, another kind of tokenizer or a vocabulary without one of `required`.
 */
export async function readVocabulary(path: string, required: readonly string[]): Promise<Vocabulary> {
  const json = await readJson(path);
  const parsed = tokenizerSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalid(path, {
      field: issue?.path.join('.') || '(whole file)',
      problem: issue?.message ?? 'not a tokenizer',
    });
  }
  const tokenizer = new Tokenizer(parsed.data, {});
  const missing = required.filter((token) => tokenizer.token_to_id(token) === undefined);
  if (missing.length > 0)
    throw invalid(path, { field: 'model.vocab', problem: `there is no token ${missing.join(', ')}` });
  return {
    encode: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids,
    idOf: (token) => {
      const id = tokenizer.token_to_id(token);
      if (id === undefined) throw new RangeError(`no token ${token}`);
      return id;
    },
  };
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw invalid(path, {
      problem: 'the vocabulary of the text tower cannot be read',
      remedy: 'Fetch it with `bench models pull ID`, or import the model with --tokenizer FILE',
      cause,
    });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(path, { problem: 'the file is not JSON', cause });
  }
}

interface Fault {
  readonly problem: string;
  readonly field?: string;
  readonly remedy?: string;
  readonly cause?: unknown;
}

function invalid(file: string, fault: Fault): BenchError {
  return new BenchError({
    code: 'invalid-tokenizer',
    kind: 'input',
    file,
    remedy: 'Give the tokenizer.json of the model’s own repository',
    ...fault,
  });
}
