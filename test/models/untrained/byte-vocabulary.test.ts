import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRobertaTokenizer } from '../../../src/models/tokenizers/roberta.js';
import { byteVocabulary, byteVocabularySize } from '../../../src/models/untrained/byte-vocabulary.js';

describe('byteVocabulary', () => {
  it('has RoBERTa’s marks and a token for every byte, and is read as its tokenizer.json is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'byte-vocabulary-'));
    await writeFile(join(folder, 'tokenizer.json'), byteVocabulary());
    const tokenizer = await readRobertaTokenizer(join(folder, 'tokenizer.json'));
    const { ids } = tokenizer.tokenize(['a é']);
    // The marks are 0 to 3, bytes follow: a, blank, and the two bytes of é in UTF-8.
    expect([...ids.data.subarray(0, 7)]).toEqual([0, 4 + 97, 4 + 32, 4 + 0xc3, 4 + 0xa9, 2, 1]);
    expect(Object.keys(JSON.parse(byteVocabulary()).model.vocab)).toHaveLength(byteVocabularySize);
    await rm(folder, { recursive: true });
  });
});
