import { BenchError } from '../core/errors.js';

export type NpyData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array;

export interface NpyArray<Data extends NpyData = NpyData> {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Data;
}

const elementTypes: Readonly<Record<string, new (buffer: ArrayBuffer) => NpyData>> = {
  '<f4': Float32Array,
  '<f8': Float64Array,
  '|i1': Int8Array,
  '<i2': Int16Array,
  '<i4': Int32Array,
  '<i8': BigInt64Array,
  '|u1': Uint8Array,
  '|b1': Uint8Array,
  '<u2': Uint16Array,
  '<u4': Uint32Array,
};

const magic = '\x93NUMPY';

/**
 * Reads a NumPy .npy file (numpy.lib.format, versions 1 to 3): little-endian numbers or booleans in C order. `file` is for messages.
 * Throws a BenchError for anything else and for a file that is longer or shorter than its shape.
 */
export function parseNpy(bytes: Uint8Array, file: string): NpyArray {
  const { header, dataStart } = readHeader(bytes, file);
  const descr = field(header, /'descr': *'([^']*)'/, file);
  const elementType = elementTypes[descr];
  if (elementType === undefined) throw invalid(file, `element type ${descr} is not supported`);
  if (field(header, /'fortran_order': *(\w+)/, file) !== 'False') throw invalid(file, 'Fortran order is not supported');
  const shape = field(header, /'shape': *\(([^)]*)\)/, file)
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  // Copied, because a typed array must start at a multiple of its element size.
  const body = Uint8Array.from(bytes.subarray(dataStart)).buffer;
  const count = shape.reduce((product, length) => product * length, 1);
  const elementBytes = Number(descr.slice(2));
  if (body.byteLength !== count * elementBytes) {
    throw invalid(file, `shape ${shape.join('x')} needs ${count * elementBytes} bytes, got ${body.byteLength}`);
  }
  return { shape, data: new elementType(body) };
}

/** `parseNpy` for a file that must hold float32. */
export function parseFloat32Npy(bytes: Uint8Array, file: string): NpyArray<Float32Array> {
  const { shape, data } = parseNpy(bytes, file);
  if (!(data instanceof Float32Array)) throw invalid(file, 'the array is not float32');
  return { shape, data };
}

function readHeader(bytes: Uint8Array, file: string): { header: string; dataStart: number } {
  const latin1 = (start: number, end: number): string => String.fromCharCode(...bytes.subarray(start, end));
  if (bytes.length < 12 || latin1(0, magic.length) !== magic) throw invalid(file, 'this is no .npy file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [length, start] = bytes[6] === 1 ? [view.getUint16(8, true), 10] : [view.getUint32(8, true), 12];
  if (start + length > bytes.length) throw invalid(file, 'the header is longer than the file');
  return { header: latin1(start, start + length), dataStart: start + length };
}

function field(header: string, pattern: RegExp, file: string): string {
  const value = pattern.exec(header)?.[1];
  if (value === undefined) throw invalid(file, `the header has no ${pattern.source}`);
  return value;
}

function invalid(file: string, problem: string): BenchError {
  return new BenchError({ code: 'invalid-npy', kind: 'input', file, problem });
}
