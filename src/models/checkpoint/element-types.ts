import type { TensorType } from './checkpoint.js';

export const bytesPerElement: Readonly<Record<TensorType, number>> = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint8: 1,
  bool: 1,
};

/** Little-endian elements as float32: float64 and integers are rounded, 16-bit floats widened, booleans 0 or 1. */
export function toFloat32(bytes: Uint8Array, type: TensorType): Float32Array {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const { buffer, byteOffset } = aligned;
  const count = bytes.length / bytesPerElement[type];
  switch (type) {
    case 'float32':
      return new Float32Array(buffer, byteOffset, count);
    case 'float64':
      return Float32Array.from(new Float64Array(buffer, byteOffset, count));
    case 'float16':
      return Float32Array.from(new Uint16Array(buffer, byteOffset, count), fromFloat16);
    case 'bfloat16':
      return widenedBfloat16(new Uint16Array(buffer, byteOffset, count));
    case 'int64':
      return Float32Array.from(new BigInt64Array(buffer, byteOffset, count), Number);
    case 'int32':
      return Float32Array.from(new Int32Array(buffer, byteOffset, count));
    case 'int16':
      return Float32Array.from(new Int16Array(buffer, byteOffset, count));
    case 'int8':
      return Float32Array.from(new Int8Array(buffer, byteOffset, count));
    case 'uint8':
      return Float32Array.from(aligned);
    case 'bool':
      return Float32Array.from(aligned, (byte) => (byte === 0 ? 0 : 1));
  }
}

/** bfloat16 is the upper half of float32. */
function widenedBfloat16(words: Uint16Array): Float32Array {
  const bits = Uint32Array.from(words, (word) => word * 65536);
  return new Float32Array(bits.buffer);
}

/** The value of the bits of an IEEE 754 binary16. */
function fromFloat16(bits: number): number {
  const sign = bits >>> 15 === 0 ? 1 : -1;
  const [exponent, mantissa] = [(bits >>> 10) & 31, bits & 1023];
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1024 + mantissa) * 2 ** (exponent - 25);
}
