import type { TensorType } from './checkpoint.js';
import { bytesPerElement } from './element-types.js';
import { safetensorsTypes } from './safetensors.js';
import { elementsOf } from './tensor-layout.js';

export interface StoredTensor {
  readonly name: string;
  readonly type: TensorType;
  readonly shape: readonly number[];
}

/** Boundary that the tensors begin at, for readers that map the file into memory. */
const alignment = 8;

/**
 * The parts of a safetensors file: header first, then the bytes that `bytesOf` gives for each tensor in turn, so that one tensor at a time
 * is in memory. Throws a RangeError where it gives another number of bytes than the shape asks for.
 */
export async function* safetensorsFile(
  tensors: readonly StoredTensor[],
  options: {
    readonly bytesOf: (tensor: StoredTensor) => Promise<Uint8Array>;
    readonly metadata?: Readonly<Record<string, string>>;
  },
): AsyncGenerator<Uint8Array, void, undefined> {
  yield header(tensors, options.metadata);
  for (const tensor of tensors) {
    const bytes = await options.bytesOf(tensor);
    const expected = elementsOf(tensor.shape) * bytesPerElement[tensor.type];
    if (bytes.length !== expected)
      throw new RangeError(`${tensor.name}: ${bytes.length} bytes for [${tensor.shape}], which take ${expected}`);
    yield bytes;
  }
}

function header(tensors: readonly StoredTensor[], metadata: Readonly<Record<string, string>> | undefined): Uint8Array {
  let end = 0;
  const entries = tensors.map(({ name, type, shape }) => {
    const start = end;
    end += elementsOf(shape) * bytesPerElement[type];
    return [name, { dtype: nameOf(type), shape, data_offsets: [start, end] }] as const;
  });
  const json = JSON.stringify({ ...(metadata && { __metadata__: metadata }), ...Object.fromEntries(entries) });
  const length = Math.ceil(Buffer.byteLength(json) / alignment) * alignment;
  const bytes = Buffer.alloc(8 + length, ' ');
  bytes.writeBigUInt64LE(BigInt(length));
  bytes.write(json, 8);
  return bytes;
}

function nameOf(type: TensorType): string {
  return Object.entries(safetensorsTypes).find(([, known]) => known === type)![0];
}
