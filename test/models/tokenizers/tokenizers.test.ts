import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readClipTokenizer } from '../../../src/models/tokenizers/clip.js';
import { readRobertaTokenizer } from '../../../src/models/tokenizers/roberta.js';
import type { TokenizedTexts } from '../../../src/models/tokenizers/text-tokenizer.js';

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/tokenizers/${name}`, import.meta.url));

const roberta = await readRobertaTokenizer(fixture('roberta-tiny.json'));
const clip = await readClipTokenizer(fixture('clip-tiny.json'));

/** The tokens of a row by their text, without the padding. */
async function tokensOf(name: string, { ids, attentionMask }: TokenizedTexts, row = 0): Promise<string[]> {
  const { model } = JSON.parse(await readFile(fixture(name), 'utf8')) as { model: { vocab: Record<string, number> } };
  const byId = new Map(Object.entries(model.vocab).map(([token, id]) => [id, token]));
  const count = attentionMask.data.subarray(row * 77, (row + 1) * 77).reduce((sum, flag) => sum + flag, 0);
  return [...ids.data.subarray(row * 77, row * 77 + count)].map((id) => byId.get(id) ?? `?${id}`);
}

describe('RoBERTa tokenizer', () => {
  it('merges by rank, keeps case and marks blanks', async () => {
    const tokenized = roberta.tokenize(['low lower Drum drum']);
    expect(await tokensOf('roberta-tiny.json', tokenized)).toEqual([
      ...['<s>', 'low', 'Ġlow', 'er', 'Ġ', 'D', 'r', 'um', 'Ġdrum', '</s>'],
    ]);
  });

  it('spells bytes of characters that are not in the vocabulary', async () => {
    const tokens = await tokensOf('roberta-tiny.json', roberta.tokenize(['é€']));
    expect(tokens).toEqual(['<s>', 'Ã', '©', 'â', 'Ĥ', '¬', '</s>']);
  });

  it('pads with its own number and says so in the mask', () => {
    const { ids, attentionMask } = roberta.tokenize(['', 'low']);
    expect(ids.dims).toEqual([2, 77]);
    expect([...ids.data.subarray(0, 4)]).toEqual([0, 2, 1, 1]);
    expect([...attentionMask.data.subarray(0, 4)]).toEqual([1, 1, 0, 0]);
    expect([...attentionMask.data.subarray(77, 82)]).toEqual([1, 1, 1, 0, 0]);
  });

  it('cuts a long text before its end mark', () => {
    const { ids, attentionMask, truncated } = roberta.tokenize(['low', ' low'.repeat(75), ' low'.repeat(76)]);
    expect(truncated).toEqual([false, false, true]);
    expect(ids.data[2 * 77 + 76]).toBe(2);
    expect([...ids.data.subarray(77, 154)]).toEqual([...ids.data.subarray(154, 231)]);
    expect(attentionMask.data.subarray(154).every((flag) => flag === 1)).toBe(true);
  });
});

describe('CLIP tokenizer', () => {
  it('lowers case, folds blanks, and marks ends of words', async () => {
    const tokenized = clip.tokenize(["  Low\n LOWER  drum's 42!? "]);
    expect(await tokensOf('clip-tiny.json', tokenized)).toEqual([
      ...['<|startoftext|>', 'low</w>', 'lo', 'w', 'er</w>', 'drum</w>', "'s</w>", '4</w>', '2</w>', '!', '?</w>'],
      '<|endoftext|>',
    ]);
  });

  it('pads with zeros, and the end mark is the largest number of a row, cut or not', () => {
    const { ids, truncated } = clip.tokenize(['low', 'low '.repeat(200)]);
    expect(truncated).toEqual([false, true]);
    const rows = [ids.data.subarray(0, 77), ids.data.subarray(77)];
    expect(rows.map((row) => row.indexOf(Math.max(...row)))).toEqual([2, 76]);
    expect(rows[0]?.subarray(3).every((id) => id === 0)).toBe(true);
  });
});

describe('a vocabulary that does not fit', () => {
  it('is refused with the reason', async () => {
    await expect(readRobertaTokenizer(fixture('clip-tiny.json'))).rejects.toThrow('there is no token <s>, </s>, <pad>');
    await expect(readClipTokenizer(fixture('none.json'))).rejects.toThrow('bench models pull');
    const folder = await mkdtemp(join(tmpdir(), 'bench-tokenizer-'));
    const path = join(folder, 'tokenizer.json');
    await writeFile(path, '{"model": {"type": "WordPiece", "vocab": {}, "merges": []}, "pre_tokenizer": {}}');
    await expect(readClipTokenizer(path)).rejects.toMatchObject({
      code: 'invalid-tokenizer',
      fields: { field: 'model.type' },
    });
    await writeFile(path, 'no JSON');
    await expect(readClipTokenizer(path)).rejects.toThrow('not JSON');
    await rm(folder, { recursive: true });
  });
});
