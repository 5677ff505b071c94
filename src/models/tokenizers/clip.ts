import { layOutRows, type TextTokenizer } from './text-tokenizer.js';
import { readVocabulary } from './tokenizer-file.js';

const [start, end] = ['<|startoftext|>', '<|endoftext|>'] as const;

const rowLength = 77;

/**
 * CLIP's lower-case BPE as ImageBind's text tower takes it: [texts, 77], padded with zeros; the tower finds the end by the largest
 * number in a row (imagebind/models/multimodal_preprocessors.py, SimpleTokenizer at 53680b0, which keeps the end mark of a text that is
 * cut). `path` is a CLIP tokenizer.json. Unlike the official code, broken encodings (ftfy) and HTML entities in texts are not repaired.
 */
export async function readClipTokenizer(path: string): Promise<TextTokenizer> {
  const vocabulary = await readVocabulary(path, [start, end]);
  const rule = { length: rowLength, startId: vocabulary.idOf(start), endId: vocabulary.idOf(end), paddingId: 0 };
  return {
    id: 'clip',
    length: rowLength,
    tokenize: (texts) =>
      layOutRows(
        texts.map((text) => vocabulary.encode(text.trim())),
        rule,
      ),
  };
}
