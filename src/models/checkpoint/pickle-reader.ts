import { damaged } from './damage.js';

/** Reads numbers and texts from a pickle, byte after byte. */
export interface PickleReader {
  /** Of the next byte. */
  readonly offset: number;
  byte(): number;
  /** Little-endian, unsigned. */
  unsigned(bytes: 2 | 4 | 8): number;
  int32(): number;
  /** Big-endian, as BINFLOAT has it. */
  float64(): number;
  /** Two's complement of any length. */
  long(bytes: number): bigint;
  bytes(length: number): Uint8Array;
  utf8(length: number): string;
  latin1(length: number): string;
  /** Up to the next line feed, which is not part of it. */
  line(): string;
}

/** Longest integer: 2^4096 is beyond any count. */
const mostLongBytes = 512;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Throws a BenchError that names the byte where the pickle ends too early or is not what it should be. */
export function createPickleReader(pickle: Uint8Array, file: string, start = 0): PickleReader {
  const view = new DataView(pickle.buffer, pickle.byteOffset, pickle.length);
  let next = start;
  const take = (length: number): number => {
    if (length > pickle.length - next) throw fault(`it ends ${length - (pickle.length - next)} bytes too early`);
    const at = next;
    next += length;
    return at;
  };
  const fault = (problem: string): Error => damaged(file, { field: `byte ${next} of the pickle`, problem });
  const bytes = (length: number): Uint8Array => {
    const at = take(length);
    return pickle.subarray(at, at + length);
  };
  return {
    get offset() {
      return next;
    },
    byte: () => pickle[take(1)]!,
    unsigned(length) {
      if (length === 2) return view.getUint16(take(2), true);
      if (length === 4) return view.getUint32(take(4), true);
      const value = view.getBigUint64(take(8), true);
      if (value > BigInt(pickle.length)) throw fault(`a length of ${value} is more than the pickle has`);
      return Number(value);
    },
    int32: () => view.getInt32(take(4), true),
    float64: () => view.getFloat64(take(8), false),
    long(length) {
      if (length > mostLongBytes) throw fault(`an integer of ${length} bytes is too long`);
      let value = 0n;
      const digits = bytes(length);
      for (let index = length - 1; index >= 0; index--) value = (value << 8n) | BigInt(digits[index]!);
      return BigInt.asIntN(8 * length, value);
    },
    bytes,
    utf8(length) {
      try {
        return decoder.decode(bytes(length));
      } catch (error) {
        if (error instanceof TypeError) throw fault('a text is not UTF-8');
        throw error;
      }
    },
    latin1: (length) => Buffer.from(bytes(length)).toString('latin1'),
    line() {
      const end = pickle.indexOf(10, next);
      if (end < 0) throw fault('a line has no end');
      const text = Buffer.from(pickle.subarray(next, end)).toString('latin1');
      next = end + 1;
      return text;
    },
  };
}
