/** Codes of each codebook by time, row-major [codebooks, length]. */
export interface Codes {
  readonly codebooks: number;
  readonly length: number;
  readonly data: Int32Array;
}

/** The sequence that a decoder reads: codebook q holds the code of time s - 1 - q in column s; what has no time is `noCode`. */
export interface DelayedSequence extends Codes {
  /** Whether a cell is given already. */
  readonly known: Uint8Array;
}

export function emptyCodes(codebooks: number, length: number): Codes {
  return { codebooks, length, data: new Int32Array(codebooks * length) };
}

/** Columns `start` up to `end` (exclusive). */
export function sliceCodes({ codebooks, length, data }: Codes, start: number, end: number = length): Codes {
  const out = emptyCodes(codebooks, end - start);
  for (let codebook = 0; codebook < codebooks; codebook++)
    out.data.set(data.subarray(codebook * length + start, codebook * length + end), codebook * out.length);
  return out;
}

/** Codes after each other in time; at least one. */
export function joinCodes(parts: readonly Codes[]): Codes {
  const { codebooks } = parts[0]!;
  const out = emptyCodes(
    codebooks,
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  let start = 0;
  for (const { length, data } of parts) {
    for (let codebook = 0; codebook < codebooks; codebook++)
      out.data.set(data.subarray(codebook * length, (codebook + 1) * length), codebook * out.length + start);
    start += length;
  }
  return out;
}

export interface DelayOptions {
  /** By how many steps each codebook lags behind. */
  readonly delays: readonly number[];
  /** What stands where there is no code. */
  readonly noCode: number;
}

/**
 * A sequence for `length` times of which the first ones are given by `prompt` (audiocraft 1.2.0, modules/codebooks_patterns.py,
 * `DelayedPatternProvider`): 1 + length + largest delay columns, the first without a code.
 */
export function delayedSequence(
  prompt: Codes,
  { length, delays, noCode }: DelayOptions & { readonly length: number },
): DelayedSequence {
  const columns = 1 + length + Math.max(...delays);
  const data = new Int32Array(delays.length * columns).fill(noCode);
  const known = new Uint8Array(data.length);
  delays.forEach((delay, codebook) => {
    for (let column = 0; column < columns; column++) {
      const time = column - 1 - delay;
      const place = codebook * columns + column;
      if (time < 0 || time >= length) known[place] = 1;
      else if (time < prompt.length) {
        data[place] = prompt.data[codebook * prompt.length + time]!;
        known[place] = 1;
      }
    }
  });
  return { codebooks: delays.length, length: columns, data, known };
}

/** The codes by time that a sequence holds. */
export function undelayed({ length: columns, data }: Codes, { delays }: Pick<DelayOptions, 'delays'>): Codes {
  const out = emptyCodes(delays.length, columns - 1 - Math.max(...delays));
  delays.forEach((delay, codebook) => {
    const first = codebook * columns + 1 + delay;
    out.data.set(data.subarray(first, first + out.length), codebook * out.length);
  });
  return out;
}
