import { createWriteStream } from 'node:fs';
import { basename, extname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { elementsOf } from './tensor-layout.js';

export interface SavedTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface TorchZipOptions {
  /** Row-major values of a tensor, in parts. */
  readonly valuesOf: (tensor: SavedTensor) => AsyncIterable<Float32Array> | Iterable<Float32Array>;
  /** Key under which the tensors lie, in an OrderedDict. */
  readonly under: string;
  /** Text beside the tensors. */
  readonly texts: Readonly<Record<string, string>>;
  /** Truths beside the tensors. */
  readonly flags?: readonly string[];
}

/**
 * Writes float32 tensors as `torch.save` does since PyTorch 1.6: a ZIP of stored members under the stem of the file's name, with the description as a
 * pickle of protocol 2. Values pass through memory in parts; files beyond 4 GB become ZIP64.
 */
export async function writeTorchZip(
  path: string,
  tensors: readonly SavedTensor[],
  options: TorchZipOptions,
): Promise<void> {
  const root = basename(path, extname(path));
  const zip = new ZipFile();
  const written = pipeline(zip.outputStream as unknown as Readable, createWriteStream(path, { flags: 'wx' }));
  const stored = { compress: false, mtime: new Date(1980, 0, 1) };
  zip.addBuffer(pickleOf(tensors, options), `${root}/data.pkl`, stored);
  zip.addBuffer(Buffer.from('little'), `${root}/byteorder`, stored);
  tensors.forEach((tensor, key) => {
    const size = 4 * elementsOf(tensor.shape);
    zip.addReadStreamLazy(`${root}/data/${key}`, { ...stored, size }, (give) => {
      give(null, Readable.from(bytesOf(options.valuesOf(tensor))));
    });
  });
  zip.addBuffer(Buffer.from('3\n'), `${root}/version`, stored);
  zip.end();
  await written;
}

async function* bytesOf(parts: AsyncIterable<Float32Array> | Iterable<Float32Array>): AsyncGenerator<Buffer> {
  for await (const { buffer, byteOffset, byteLength } of parts) yield Buffer.from(buffer, byteOffset, byteLength);
}

/** Opcodes of protocol 2 (Python 3.12, Lib/pickletools.py). */
const opcodes = {
  dict: '}',
  mark: '(',
  emptyTuple: ')',
  tuple: 't',
  call: 'R',
  persistentId: 'Q',
  setItems: 'u',
  stop: '.',
};

function pickleOf(tensors: readonly SavedTensor[], { under, texts, flags = [] }: TorchZipOptions): Buffer {
  const { dict, mark, emptyTuple, call, setItems, stop } = opcodes;
  const state = [
    ...[named('collections', 'OrderedDict'), emptyTuple, call, mark],
    ...tensors.flatMap((tensor, key) => [text(tensor.name), ...tensorParts(tensor, key)]),
    setItems,
  ];
  const beside = [
    ...Object.entries(texts).flatMap(([key, value]) => [text(key), text(value)]),
    ...flags.flatMap((key) => [text(key), truth(true)]),
  ];
  return joined(['\x80\x02', dict, mark, text(under), ...state, ...beside, setItems, stop]);
}

/** `torch._utils._rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks)`. */
function tensorParts({ shape }: SavedTensor, key: number): Part[] {
  const { mark, emptyTuple, tuple, call, persistentId } = opcodes;
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  const storage = [text('storage'), named('torch', 'FloatStorage'), text(String(key)), text('cpu')];
  const lengths = (values: readonly number[]): Part[] => [mark, ...values.map(integer), tuple];
  return [
    ...[named('torch._utils', '_rebuild_tensor_v2'), mark],
    ...[mark, ...storage, integer(elementsOf(shape)), tuple, persistentId],
    ...[integer(0), ...lengths(shape), ...lengths(strides), truth(false)],
    ...[named('collections', 'OrderedDict'), emptyTuple, call, tuple, call],
  ];
}

/** Bytes as they are, or characters below 256. */
type Part = string | Buffer;

function joined(parts: readonly Part[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
}

function named(module: string, name: string): Part {
  return `c${module}\n${name}\n`;
}

function text(value: string): Part {
  const bytes = Buffer.from(value, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([Buffer.from('X'), length, bytes]);
}

function integer(value: number): Part {
  const bytes = Buffer.alloc(5);
  bytes.write('J');
  bytes.writeInt32LE(value, 1);
  return bytes;
}

function truth(value: boolean): Part {
  return value ? '\x88' : '\x89';
}
