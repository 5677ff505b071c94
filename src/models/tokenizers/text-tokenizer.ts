import type { TensorData } from '../session.js';

/** Texts as the text towers take them. */
export interface TokenizedTexts {
  /** [texts, length] token numbers. */
  readonly ids: TensorData<Int32Array>;
  /** [texts, length]: 1 for a token, 0 for padding. */
  readonly attentionMask: TensorData<Int32Array>;
  /** Which texts were longer and lost their end. */
  readonly truncated: readonly boolean[];
}

/** Turns texts into rows of equal length, as one official text tower was trained with. */
export interface TextTokenizer {
  readonly id: string;
  /** Tokens in a row, with the marks of beginning and end. */
  readonly length: number;
  tokenize(texts: readonly string[]): TokenizedTexts;
}

export interface RowRule {
  readonly length: number;
  readonly startId: number;
  readonly endId: number;
  readonly paddingId: number;
}

/** Start, text, end, padding; a text that is too long is cut before the end mark, which always stays. */
export function layOutRows(texts: readonly (readonly number[])[], rule: RowRule): TokenizedTexts {
  const { length, startId, endId, paddingId } = rule;
  const dims = [texts.length, length];
  const ids = new Int32Array(texts.length * length).fill(paddingId);
  const mask = new Int32Array(texts.length * length);
  texts.forEach((text, row) => {
    const tokens = [startId, ...text.slice(0, length - 2), endId];
    ids.set(tokens, row * length);
    mask.fill(1, row * length, row * length + tokens.length);
  });
  return {
    ids: { data: ids, dims },
    attentionMask: { data: mask, dims },
    truncated: texts.map((text) => text.length > length - 2),
  };
}
