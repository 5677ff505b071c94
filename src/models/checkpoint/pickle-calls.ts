import type { TensorType } from './checkpoint.js';
import { isKey, isKind, itemsOf, type PickleDict, type PickleGlobal, type PickleValue } from './pickle-values.js';

/**
 * What a pickle may call, by full name: the rebuilding of tensors and plain containers. Nothing is ever looked up or imported: each name
 * stands for a function below. Undefined where the arguments are not those that PyTorch writes.
 */
export type PickleCall = (args: readonly PickleValue[]) => PickleValue | undefined;

/** `torch.FloatStorage` and its like as types of elements (torch/storage.py). */
const storageTypes: Readonly<Record<string, TensorType>> = {
  'torch.DoubleStorage': 'float64',
  'torch.FloatStorage': 'float32',
  'torch.HalfStorage': 'float16',
  'torch.BFloat16Storage': 'bfloat16',
  'torch.LongStorage': 'int64',
  'torch.IntStorage': 'int32',
  'torch.ShortStorage': 'int16',
  'torch.CharStorage': 'int8',
  'torch.ByteStorage': 'uint8',
  'torch.BoolStorage': 'bool',
};

const calls: Readonly<Record<string, PickleCall>> = {
  'torch._utils._rebuild_tensor': rebuildTensor,
  'torch._utils._rebuild_tensor_v2': rebuildTensor,
  'torch._utils._rebuild_parameter': ([tensor]) => (isKind(tensor, 'tensor') ? tensor : undefined),
  'torch.nn.parameter.Parameter': ([tensor]) => (isKind(tensor, 'tensor') ? tensor : undefined),
  'torch.Size': ([items]) => copied('tuple', items ?? emptyTuple()),
  'torch.device': ([name]) => (typeof name === 'string' ? name : undefined),
  'collections.OrderedDict': ([pairs]) => (pairs === undefined ? emptyDict() : dictOf(pairs)),
  'collections.defaultdict': () => emptyDict(),
  'argparse.Namespace': () => emptyDict(),
  'builtins.dict': ([pairs]) => (pairs === undefined ? emptyDict() : dictOf(pairs)),
  'builtins.list': ([items]) => copied('list', items ?? emptyTuple()),
  'builtins.tuple': ([items]) => copied('tuple', items ?? emptyTuple()),
  'builtins.set': ([items]) => copied('set', items ?? emptyTuple()),
  'builtins.frozenset': ([items]) => copied('set', items ?? emptyTuple()),
  '_codecs.encode': ([text, encoding]) =>
    typeof text === 'string' && encoding === 'latin1' ? Uint8Array.from(Buffer.from(text, 'latin1')) : undefined,
  'numpy.dtype': ([code]) => (typeof code === 'string' ? { kind: 'numpy-type', code } : undefined),
  'numpy.core.multiarray.scalar': numpyScalar,
};

/** Names of which nothing but the name is used: types of elements, and factories of defaultdict. */
const plainNames = new Set([
  ...Object.keys(storageTypes),
  ...Object.values(storageTypes).map((type) => `torch.${type}`),
  'torch.storage.UntypedStorage',
  'builtins.int',
  'builtins.float',
]);

/** Python 2's and NumPy 2's names as the ones above. */
function modern(name: string): string {
  return name.replace(/^__builtin__\./, 'builtins.').replace(/^numpy\._core\./, 'numpy.core.');
}

/** Whether a pickle may name it at all. */
export function isKnownGlobal(name: string): boolean {
  return Object.hasOwn(calls, modern(name)) || plainNames.has(modern(name));
}

export function callOf({ name }: PickleGlobal): PickleCall | undefined {
  return Object.hasOwn(calls, modern(name)) ? calls[modern(name)] : undefined;
}

/**
 * The storage that a persistent id stands for: ('storage', type, key, place, length), in old files with the part of another storage that
 * it is (torch/serialization.py, `persistent_id`).
 */
export function storageOf(id: PickleValue): PickleValue | undefined {
  const [word, type, key, , length, part] = itemsOf(id) ?? [];
  if (word !== 'storage' || !isKind(type, 'global') || typeof key !== 'string') return undefined;
  const elementType = storageTypes[type.name];
  if (elementType === undefined || typeof length !== 'number' || !isCount(length)) return undefined;
  const storage = { key, type: elementType, length, start: 0 };
  if (part === undefined || part === null) return { kind: 'storage', storage };
  const [, start, size] = itemsOf(part) ?? [];
  if (typeof start !== 'number' || !isCount(start) || typeof size !== 'number' || !isCount(size)) return undefined;
  return { kind: 'storage', storage: { ...storage, start, length: size } };
}

/** (storage, offset, shape, strides, ...); what follows says how it was trained. */
function rebuildTensor([storage, offset, shape, strides]: readonly PickleValue[]): PickleValue | undefined {
  const [lengths, steps] = [itemsOf(shape), itemsOf(strides)];
  if (!isKind(storage, 'storage') || typeof offset !== 'number') return undefined;
  if (lengths === undefined || steps === undefined || !areNumbers(lengths) || !areNumbers(steps)) return undefined;
  return { kind: 'tensor', view: { storage: storage.storage, offset, shape: lengths, strides: steps } };
}

/** (dtype, bytes) of one number. */
function numpyScalar([type, bytes]: readonly PickleValue[]): PickleValue | undefined {
  if (!isKind(type, 'numpy-type') || !(bytes instanceof Uint8Array)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const readers: Readonly<Record<string, readonly [number, () => number | bigint | boolean]>> = {
    f8: [8, () => view.getFloat64(0, true)],
    f4: [4, () => view.getFloat32(0, true)],
    i8: [8, () => view.getBigInt64(0, true)],
    i4: [4, () => view.getInt32(0, true)],
    b1: [1, () => view.getUint8(0) !== 0],
  };
  const [size, read] = readers[type.code] ?? [];
  return read === undefined || bytes.length !== size ? undefined : read();
}

function copied(kind: 'list' | 'tuple' | 'set', from: PickleValue): PickleValue | undefined {
  const items = itemsOf(from);
  return items === undefined ? undefined : ({ kind, items: [...items] } as PickleValue);
}

function dictOf(pairs: PickleValue): PickleDict | undefined {
  if (isKind(pairs, 'dict')) return { kind: 'dict', entries: new Map(pairs.entries) };
  const dict = emptyDict();
  for (const pair of itemsOf(pairs) ?? [null]) {
    const [key, value] = itemsOf(pair) ?? [];
    if (key === undefined || value === undefined || !isKey(key)) return undefined;
    dict.entries.set(key, value);
  }
  return dict;
}

function emptyDict(): PickleDict {
  return { kind: 'dict', entries: new Map() };
}

function emptyTuple(): PickleValue {
  return { kind: 'tuple', items: [] };
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function areNumbers(values: readonly PickleValue[]): values is number[] {
  return values.every((value) => typeof value === 'number');
}
