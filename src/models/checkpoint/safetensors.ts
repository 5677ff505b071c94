import { z } from 'zod';
import type { ByteSource } from './byte-source.js';
import type { Checkpoint, TensorType } from './checkpoint.js';
import { damaged, refused } from './damage.js';
import { bytesPerElement } from './element-types.js';
import { checkpointLimits } from './limits.js';
import { checkView, elementsOf, type TensorView } from './tensor-layout.js';
import { viewedCheckpoint } from './viewed-checkpoint.js';

/** Element types of safetensors by its names (safetensors 0.4, `Dtype`). */
export const safetensorsTypes: Readonly<Record<string, TensorType>> = {
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  I64: 'int64',
  I32: 'int32',
  I16: 'int16',
  I8: 'int8',
  U8: 'uint8',
  BOOL: 'bool',
};

const whole = z.int().nonnegative();
const tensorSchema = z.strictObject({
  dtype: z.string(),
  shape: z.array(whole),
  data_offsets: z.tuple([whole, whole]),
});
const metadataSchema = z.record(z.string(), z.string());

interface Placed {
  readonly view: TensorView;
  /** In bytes, from the end of the header. */
  readonly start: number;
  readonly end: number;
}

/**
 * A safetensors file: the length of the header, the header as JSON, then all tensors without gaps in row-major order
 * (github.com/huggingface/safetensors, README "Format"). Its metadata are the checkpoint's values.
 */
export async function openSafetensors(source: ByteSource): Promise<Checkpoint> {
  const { file } = source;
  const { header, dataOffset } = await readHeader(source);
  const metadata = metadataSchema.safeParse(header.__metadata__ ?? {});
  if (!metadata.success) throw damaged(file, { field: '__metadata__', problem: 'the metadata are not texts' });
  const placed = new Map<string, Placed>();
  for (const [name, entry] of Object.entries(header))
    if (name !== '__metadata__') placed.set(name, placedTensor(name, entry, file));
  checkPlaces(placed, { file, bytes: source.size - dataOffset });
  return viewedCheckpoint(source, {
    format: 'safetensors',
    views: new Map([...placed].map(([name, { view }]) => [name, view])),
    values: new Map(Object.entries(metadata.data)),
    storageOffset: (_, name) => dataOffset + placed.get(name)!.start,
  });
}

async function readHeader(source: ByteSource): Promise<{ header: Record<string, unknown>; dataOffset: number }> {
  const { file } = source;
  const first = await source.read(0, 8);
  const length = new DataView(first.buffer).getBigUint64(0, true);
  if (length > BigInt(Math.min(checkpointLimits.headerBytes, source.size - 8)))
    throw damaged(file, {
      field: 'byte 0',
      problem: `a header of ${length} bytes is longer than the file or the format allows`,
    });
  const text = Buffer.from(await source.read(8, Number(length))).toString('utf8');
  try {
    const header: unknown = JSON.parse(text);
    if (typeof header === 'object' && header !== null && !Array.isArray(header))
      return { header: header as Record<string, unknown>, dataOffset: 8 + Number(length) };
  } catch (cause) {
    const problem = `the header is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw damaged(file, { field: 'byte 8', problem });
  }
  throw damaged(file, { field: 'byte 8', problem: 'the header is not a JSON object' });
}

function placedTensor(name: string, entry: unknown, file: string): Placed {
  const field = name.slice(0, 200);
  const parsed = tensorSchema.safeParse(entry);
  if (!parsed.success || name.length > checkpointLimits.nameLength)
    throw damaged(file, { field, problem: 'the header does not describe the tensor as the format wants' });
  const { dtype, shape, data_offsets: offsets } = parsed.data;
  const type = Object.hasOwn(safetensorsTypes, dtype) ? safetensorsTypes[dtype] : undefined;
  if (type === undefined)
    throw refused(file, { field, problem: `elements of type ${JSON.stringify(dtype)} are not known` });
  const [start, end] = offsets;
  const strides = shape.map((_, axis) => elementsOf(shape.slice(axis + 1)));
  const storage = { key: name, type, length: Math.floor((end - start) / bytesPerElement[type]), start: 0 };
  const view = { storage, offset: 0, shape, strides };
  if (end < start) throw damaged(file, { field, problem: 'the tensor ends before it begins' });
  checkView(view, { file, name: field });
  const bytes = elementsOf(shape) * bytesPerElement[type];
  if (bytes !== end - start)
    throw damaged(file, {
      field,
      problem: 'shape and length differ',
      expected: `${bytes} bytes`,
      got: `${end - start}`,
    });
  return { view, start, end };
}

/** Tensors must fill the rest of the file without gaps and without lying over each other. */
function checkPlaces(placed: ReadonlyMap<string, Placed>, { file, bytes }: { file: string; bytes: number }): void {
  let end = 0;
  for (const [name, place] of [...placed].sort(([, a], [, b]) => a.start - b.start || a.end - b.end)) {
    if (place.start !== end) {
      const problem = place.start < end ? 'the tensor lies over another one' : 'there is a gap before the tensor';
      throw damaged(file, { field: name, problem, expected: `byte ${end}`, got: `byte ${place.start}` });
    }
    end = place.end;
  }
  if (end === bytes) return;
  throw damaged(file, { problem: 'the tensors do not fill the file', expected: `${end} bytes`, got: `${bytes}` });
}
