/** RoBERTa's marks, with its numbers (fairseq's dictionary: 0 to 3). */
const marks = ['<s>', '<pad>', '</s>', '<unk>'];

/** Tokens of the stand-in for a vocabulary: the marks, then every byte. */
export const byteVocabularySize: number = marks.length + 256;

/**
 * The text of a tokenizer.json in which every byte is a token and nothing is merged: stands in for the vocabulary of roberta-base, which is
 * not bundled. Bytes are spelt as byte-level BPE spells them (Radford et al. 2019, GPT-2, `bytes_to_unicode`).
 */
export function byteVocabulary(): string {
  const tokens = [...marks, ...bytesAsLetters()];
  return JSON.stringify({
    version: '1.0',
    normalizer: null,
    post_processor: null,
    added_tokens: marks.map((content, id) => ({ id, content, special: true, normalized: false })),
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    decoder: { type: 'ByteLevel' },
    model: { type: 'BPE', vocab: Object.fromEntries(tokens.map((token, id) => [token, id])), merges: [] },
  });
}

/** Printable bytes are themselves; the others take the letters from 256 on, in order. */
function bytesAsLetters(): string[] {
  let others = 0;
  return Array.from({ length: 256 }, (_, byte) => {
    const isPrintable = (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
    return String.fromCodePoint(isPrintable ? byte : 256 + others++);
  });
}
