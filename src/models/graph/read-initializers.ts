import { modelProto } from './onnx-schema.js';
import { elementTypeCodes } from './shape-operators.js';

export interface FloatTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

interface StoredTensor {
  readonly name: string;
  readonly dims?: readonly number[];
  readonly data_type: number;
  readonly raw_data?: Uint8Array;
}

/** The float32 weights inside an .onnx file, by name; other types and weights in a file beside it are left out. */
export function readInitializers(model: Uint8Array): ReadonlyMap<string, FloatTensor> {
  const decoded = modelProto.toObject(modelProto.decode(model), { longs: Number }) as {
    readonly graph?: { readonly initializer?: readonly StoredTensor[] };
  };
  const floats = (decoded.graph?.initializer ?? []).filter(
    (tensor) => tensor.data_type === elementTypeCodes.float32 && tensor.raw_data !== undefined,
  );
  return new Map(floats.map(({ name, dims = [], raw_data }) => [name, { shape: dims, data: floatsOf(raw_data!) }]));
}

function floatsOf(bytes: Uint8Array): Float32Array {
  // A copy: the bytes need not lie on a multiple of four. Not `slice`, which copies nothing of a Buffer.
  return new Float32Array(new Uint8Array(bytes).buffer);
}
