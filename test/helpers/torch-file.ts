import { crc32 } from '../../src/models/checkpoint/crc32.js';
import {
  bytesOf,
  call,
  dict,
  global,
  integer,
  orderedDict,
  type PicklePart,
  pickle,
  text,
  tuple,
} from './pickle-writer.js';

/** A tensor as torch.save describes it. */
export interface SavedTensor {
  readonly shape: readonly number[];
  /** Row-major if left out. */
  readonly strides?: readonly number[];
  readonly offset?: number;
  /** `FloatStorage` if left out. */
  readonly storageType?: string;
  /** Elements of the storage; left out: as many as `bytes` has of four. */
  readonly length?: number;
  readonly bytes: Uint8Array;
}

export function floats(shape: readonly number[], values: Float32Array | readonly number[]): SavedTensor {
  const data = Float32Array.from(values);
  return { shape, bytes: new Uint8Array(data.buffer) };
}

/** `torch._utils._rebuild_tensor_v2` of the storage `key`. */
export function tensorPart(tensor: SavedTensor, key: string, legacy = false): PicklePart {
  const { shape, offset = 0, storageType = 'FloatStorage', bytes, length = bytes.length / 4 } = tensor;
  const strides = tensor.strides ?? shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const view = legacy ? ['N'] : [];
  const id = tuple(text('storage'), global('torch', storageType), text(key), text('cpu'), integer(length), ...view);
  const hooks = [global('collections', 'OrderedDict'), ')', 'R'];
  const lengths = (values: readonly number[]): PicklePart => tuple(...values.map(integer));
  const rebuild = global('torch._utils', '_rebuild_tensor_v2');
  return call(rebuild, [id, 'Q'], integer(offset), lengths(shape), lengths(strides), '\x89', hooks);
}

export interface TorchTree {
  readonly tensors: Readonly<Record<string, SavedTensor>>;
  /** The tensors lie in an OrderedDict under this key; left out: at the top. */
  readonly under?: string;
  /** Beside the tensors' dictionary. */
  readonly values?: Readonly<Record<string, PicklePart>>;
}

/** A file of `torch.save` since PyTorch 1.6. */
export function torchZip(tree: TorchTree, root = 'archive'): Uint8Array {
  const storages = Object.values(tree.tensors).map(({ bytes }, key) => [`${root}/data/${key}`, bytes] as const);
  return zipFile([
    [`${root}/data.pkl`, pickle(treePart(tree))],
    [`${root}/byteorder`, Buffer.from('little')],
    ...storages,
    [`${root}/version`, Buffer.from('3\n')],
  ]);
}

/** A file of `torch.save` before PyTorch 1.6. */
export function torchLegacy(tree: TorchTree): Uint8Array {
  const system = dict({ protocol_version: integer(1001), little_endian: '\x88', type_sizes: dict({}) });
  const tensors = Object.values(tree.tensors);
  const magic = bytesOf('\x8a\x0a', Uint8Array.of(0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19));
  const keys = [']', '(', ...tensors.map((_, key) => text(String(key))), 'e'];
  const storages = tensors.flatMap(({ bytes, length = bytes.length / 4 }) => [int64(length), bytes]);
  return bytesOf(
    pickle(magic),
    pickle(integer(1001)),
    pickle(system),
    pickle(treePart(tree, true)),
    pickle(keys),
    ...storages,
  );
}

function treePart({ tensors, under, values = {} }: TorchTree, legacy = false): PicklePart {
  const entries = Object.entries(tensors).map(
    ([name, tensor], key) => [name, tensorPart(tensor, String(key), legacy)] as const,
  );
  const state = orderedDict(Object.fromEntries(entries));
  return under === undefined && Object.keys(values).length === 0
    ? state
    : dict({ ...values, [under ?? 'state_dict']: state });
}

export interface ZipOptions {
  /** Changes what is written of a member: lies for tests. */
  readonly lie?: (name: string, fields: ZipFields) => ZipFields;
}

export interface ZipFields {
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly size: number;
  readonly packed: number;
  readonly crc: number;
  readonly headerOffset: number;
}

/** A ZIP file of stored members, each padded to 64 bytes as PyTorch does. */
export function zipFile(
  members: readonly (readonly [string, Uint8Array])[],
  { lie = (_, fields) => fields }: ZipOptions = {},
): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [name, bytes] of members) {
    const padding = (64 - ((at + 30 + Buffer.byteLength(name) + 4) % 64)) % 64;
    const extra = Buffer.concat([Buffer.from([0x46, 0x42, padding & 255, padding >> 8]), Buffer.alloc(padding, 'Z')]);
    const honest = {
      name,
      method: 0,
      flags: 0,
      size: bytes.length,
      packed: bytes.length,
      crc: crc32(bytes),
      headerOffset: at,
    };
    const header = localHeader(honest, extra.length);
    parts.push(header, extra, bytes);
    directory.push(centralHeader(lie(name, honest)));
    at += header.length + extra.length + bytes.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, central, end]);
}

function localHeader({ name, crc, size }: ZipFields, extraLength: number): Uint8Array {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(size, 18);
  header.writeUInt32LE(size, 22);
  header.writeUInt16LE(Buffer.byteLength(name), 26);
  header.writeUInt16LE(extraLength, 28);
  return Buffer.concat([header, Buffer.from(name)]);
}

export function centralHeader(
  { name, method, flags, size, packed, crc, headerOffset }: ZipFields,
  extra = Buffer.alloc(0),
): Uint8Array {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50);
  header.writeUInt16LE(flags, 8);
  header.writeUInt16LE(method, 10);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(packed, 20);
  header.writeUInt32LE(size, 24);
  header.writeUInt16LE(Buffer.byteLength(name), 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(headerOffset, 42);
  return Buffer.concat([header, Buffer.from(name), extra]);
}

function int64(value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(value));
  return bytes;
}
