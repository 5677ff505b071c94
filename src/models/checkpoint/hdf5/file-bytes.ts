import { damaged, refused } from '../damage.js';

/** An HDF5 file in memory. Every read is checked against its end; addresses and lengths of the file are of 8 bytes. */
export interface FileBytes {
  /** Path, for messages. */
  readonly file: string;
  readonly size: number;
  byte(at: number): number;
  word(at: number): number;
  long(at: number): number;
  /** An address, length or count of 64 bits. */
  whole(at: number): number;
  /** UTF-8 up to the first zero, `length` at most. */
  text(at: number, length: number): string;
  /** Throws a BenchError unless these four letters stand there. */
  expectSignature(signature: string, at: number): void;
}

export function fileBytes(bytes: Uint8Array, file: string): FileBytes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const checked = (at: number, length: number): number => {
    if (at >= 0 && length >= 0 && at + length <= bytes.length) return at;
    throw damaged(file, {
      field: `byte ${bytes.length}`,
      problem: 'the file breaks off',
      expected: `${length} bytes at ${at}`,
    });
  };
  const text = (at: number, length: number): string => {
    const part = Buffer.from(bytes.buffer, bytes.byteOffset + checked(at, length), length);
    const end = part.indexOf(0);
    return part.toString('utf8', 0, end < 0 ? length : end);
  };
  return {
    file,
    size: bytes.length,
    byte: (at) => view.getUint8(checked(at, 1)),
    word: (at) => view.getUint16(checked(at, 2), true),
    long: (at) => view.getUint32(checked(at, 4), true),
    whole(at) {
      const value = view.getBigUint64(checked(at, 8), true);
      if (value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
      throw damaged(file, { field: `byte ${at}`, problem: `an address or length of ${value} is not possible` });
    },
    text,
    expectSignature(signature, at) {
      const got = text(at, signature.length);
      if (got !== signature)
        throw damaged(file, {
          field: `byte ${at}`,
          problem: 'another structure stands there',
          expected: signature,
          got: JSON.stringify(got),
        });
    },
  };
}

/** What HDF5 knows and Keras does not write. */
export function notRead(file: string, field: string, what: string): Error {
  return refused(file, { field, problem: `${what} is not read here` });
}
