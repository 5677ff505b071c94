import { readFileSync } from 'node:fs';
import { errorOf } from '../../core/errors.js';
import type { Features } from '../../core/features.js';
import { sha256Hex } from '../../core/hash.js';
import { failed, type Outcome, ok, skipped } from '../../core/outcome.js';
import type { ImportedModel } from '../../models/import/imported-model.js';
import { tokenizerOf } from '../../models/models-folder.js';
import { readRobertaTokenizer } from '../../models/tokenizers/roberta.js';
import type { TextTokenizer } from '../../models/tokenizers/text-tokenizer.js';
import type { TextEncoder } from '../encoder.js';
import type { EncoderSettings } from './encoder-settings.js';
import { describeNetwork, lazyNetwork } from './network.js';

/** LAION CLAP's text tower on a caption: one row. A caption longer than 75 tokens is cut, with a warning. */
export function createClapTextEncoder(model: ImportedModel, { compute }: EncoderSettings): TextEncoder {
  const network = lazyNetwork(model, compute);
  const path = tokenizerOf(model);
  let opening: Promise<TextTokenizer> | undefined;
  return {
    ...describeNetwork(model, 'LAION CLAP text embedding of the caption'),
    version: 1,
    // The vocabulary lies beside the weights and is not part of their hash.
    parameters: { tokenizer: 'roberta', vocabulary: hashOfVocabulary(path) },
    modality: 'text',
    async encode(text, { signal } = {}): Promise<Outcome<Features>> {
      signal?.throwIfAborted();
      if (text.trim() === '') return skipped('the caption is empty');
      try {
        opening ??= readRobertaTokenizer(path);
        const { ids, truncated } = (await opening).tokenize([text]);
        const data = BigInt64Array.from(ids.data, BigInt);
        const outcome = await network.runOn({ ids: { data, dims: ids.dims } }, { signal });
        if (outcome.status !== 'ok' || truncated[0] !== true) return outcome;
        return ok(outcome.value, ['the caption is longer than the text tower takes: its end is cut off']);
      } catch (error) {
        signal?.throwIfAborted();
        opening = undefined;
        const { code, message } = errorOf(error);
        return failed(code, message);
      }
    },
  };
}

/** A vocabulary that cannot be read is told of when it is used. */
function hashOfVocabulary(path: string): string {
  try {
    return sha256Hex(readFileSync(path));
  } catch {
    return 'none';
  }
}
