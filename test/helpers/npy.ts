import { readFileSync } from 'node:fs';

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
  readonly shape: number[];
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

/**
 * Reads a NumPy .npy file (format versions 1 to 3): little-endian numbers or booleans in C order.
 * The type argument is the caller's word for the element type: `readNpy<Float32Array>(path)`.
 */
export function readNpy<Data extends NpyData = NpyData>(path: string): NpyArray<Data> {
  const file = readFileSync(path);
  if (file.toString('latin1', 0, 6) !== '\x93NUMPY') throw new Error(`${path}: not an .npy file`);
  const [lengthBytes, headerStart] = file[6] === 1 ? [2, 10] : [4, 12];
  const dataStart = headerStart + file.readUIntLE(8, lengthBytes);
  const header = file.toString('latin1', headerStart, dataStart);
  const descr = field(header, /'descr': *'([^']*)'/, path);
  const elementType = elementTypes[descr];
  if (elementType === undefined) throw new Error(`${path}: element type ${descr} is not supported`);
  if (field(header, /'fortran_order': *(\w+)/, path) !== 'False')
    throw new Error(`${path}: Fortran order is not supported`);
  const shape = field(header, /'shape': *\(([^)]*)\)/, path)
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  // Copied, because a typed array must start at a multiple of its element size.
  const data = new elementType(Uint8Array.from(file.subarray(dataStart)).buffer);
  const count = shape.reduce((product, length) => product * length, 1);
  if (data.length !== count)
    throw new Error(`${path}: shape ${shape.join('x')} needs ${count} elements, got ${data.length}`);
  return { shape, data: data as Data };
}

function field(header: string, pattern: RegExp, path: string): string {
  const value = pattern.exec(header)?.[1];
  if (value === undefined) throw new Error(`${path}: the header ${header} has no ${pattern.source}`);
  return value;
}
