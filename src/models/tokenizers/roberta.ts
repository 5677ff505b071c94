import { layOutRows, type TextTokenizer } from './text-tokenizer.js';
import { readVocabulary } from './tokenizer-file.js';

const [start, end, padding] = ['<s>', '</s>', '<pad>'] as const;

/** LAION CLAP asks for `padding='max_length', truncation=True, max_length=77` (laion_clap/training/data.py, hook.py at 1fd4c37). */
const rowLength = 77;

/** RoBERTa's byte-level BPE as LAION CLAP's text tower takes it: [texts, 77] with a mask. Cased; `path` is roberta-base's tokenizer.json. */
export async function readRobertaTokenizer(path: string): Promise<TextTokenizer> {
  const vocabulary = await readVocabulary(path, [start, end, padding]);
  const rule = {
    length: rowLength,
    startId: vocabulary.idOf(start),
    endId: vocabulary.idOf(end),
    paddingId: vocabulary.idOf(padding),
  };
  return {
    id: 'roberta',
    length: rowLength,
    tokenize: (texts) => layOutRows(texts.map(vocabulary.encode), rule),
  };
}
