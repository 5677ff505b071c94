import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memorySource } from '../../../src/models/checkpoint/byte-source.js';
import type { Checkpoint } from '../../../src/models/checkpoint/checkpoint.js';
import { openCheckpoint, openCheckpointSource } from '../../../src/models/checkpoint/open-checkpoint.js';
import { type StoredTensor, safetensorsFile } from '../../../src/models/checkpoint/write-safetensors.js';
import { call, dict, global, integer, pickle, text, tuple } from '../../helpers/pickle-writer.js';
import { centralHeader, floats, type TorchTree, tensorPart, torchLegacy, torchZip } from '../../helpers/torch-file.js';

const opened = (bytes: Uint8Array): Promise<Checkpoint> => openCheckpointSource(memorySource(bytes, 'model.pt'));
const values = Float32Array.from({ length: 24 }, (_, index) => index / 8);

async function safetensors(tensors: readonly (StoredTensor & { bytes: Uint8Array })[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const bytesOf = async ({ name }: StoredTensor): Promise<Uint8Array> =>
    tensors.find((one) => one.name === name)!.bytes;
  for await (const part of safetensorsFile(tensors, { bytesOf, metadata: { format: 'pt' } })) parts.push(part);
  return Buffer.concat(parts);
}

const tree: TorchTree = {
  tensors: {
    'layer.weight': floats([2, 3, 4], values),
    'layer.bias': floats([4], [1, 2, 3, 4]),
    count: floats([], [7]),
  },
};

describe.each([
  ['pytorch-zip', torchZip],
  ['pytorch-legacy', torchLegacy],
] as const)('openCheckpoint of %s', (format, write) => {
  it('lists tensors in the order of the file and reads them whole or in part', async () => {
    await using checkpoint = await opened(write(tree));
    expect(checkpoint.format).toBe(format);
    expect([...checkpoint.tensors.values()]).toEqual([
      { name: 'layer.weight', type: 'float32', shape: [2, 3, 4] },
      { name: 'layer.bias', type: 'float32', shape: [4] },
      { name: 'count', type: 'float32', shape: [] },
    ]);
    expect(await checkpoint.readFloat32('layer.weight')).toEqual(values);
    expect(await checkpoint.readFloat32('layer.weight', { start: 5, end: 9 })).toEqual(values.slice(5, 9));
    expect(await checkpoint.readFloat32('count')).toEqual(Float32Array.of(7));
    await expect(checkpoint.readFloat32('layer.gain')).rejects.toThrow(
      'layer.gain: the file has no tensor of this name',
    );
    await expect(checkpoint.readFloat32('count', { start: 0, end: 2 })).rejects.toThrow('elements 0 to 2 of 1');
  });

  it('puts the names of what is around tensors in front of them, and keeps other values', async () => {
    const config = dict({ rate: integer(32000), modes: tuple(text('a'), 'N') });
    const around = { ...tree, under: 'best_state', values: { epoch: integer(300), config } };
    await using checkpoint = await opened(write(around));
    expect(checkpoint.tensors.has('best_state.layer.bias')).toBe(true);
    expect(Object.fromEntries(checkpoint.values)).toEqual({
      epoch: 300,
      'config.rate': 32000,
      'config.modes.0': 'a',
      'config.modes.1': null,
    });
  });

  it('reads transposed, shifted and broadcast views', async () => {
    const { bytes } = floats([24], values);
    const view = (shape: readonly number[], strides: readonly number[], offset: number) => ({
      shape,
      strides,
      offset,
      bytes,
    });
    const tensors = { turned: view([4, 2], [2, 8], 1), same: view([2, 3], [0, 0], 5), tail: view([3], [1], 21) };
    await using checkpoint = await opened(write({ tensors }));
    const at = (...places: number[]): Float32Array => Float32Array.from(places, (place) => values[place]!);
    expect(await checkpoint.readFloat32('turned')).toEqual(at(1, 9, 3, 11, 5, 13, 7, 15));
    expect(await checkpoint.readFloat32('turned', { start: 3, end: 5 })).toEqual(at(11, 5));
    expect(await checkpoint.readFloat32('same')).toEqual(at(5, 5, 5, 5, 5, 5));
    expect(await checkpoint.readFloat32('tail')).toEqual(at(21, 22, 23));
  });

  it.each([
    ['DoubleStorage', new Float64Array([1.5, -2]), [1.5, -2]],
    ['HalfStorage', new Uint16Array([0x3c00, 0xc100, 0x0001, 0x7bff]), [1, -2.5, 2 ** -24, 65504]],
    ['BFloat16Storage', new Uint16Array([0x3f80, 0xc020]), [1, -2.5]],
    ['LongStorage', new BigInt64Array([5n, -6n]), [5, -6]],
    ['IntStorage', new Int32Array([5, -6]), [5, -6]],
    ['ShortStorage', new Int16Array([5, -6]), [5, -6]],
    ['CharStorage', new Int8Array([5, -6]), [5, -6]],
    ['ByteStorage', new Uint8Array([5, 250]), [5, 250]],
    ['BoolStorage', new Uint8Array([1, 0]), [1, 0]],
  ])('converts %s', async (storageType, data, expected) => {
    const bytes = new Uint8Array(data.buffer);
    const tensor = { shape: [data.length], storageType, length: data.length, bytes };
    await using checkpoint = await opened(write({ tensors: { x: tensor, y: tensor } }));
    expect([...(await checkpoint.readFloat32('y'))]).toEqual(expected);
  });
});

describe('openCheckpoint of a torch.save file', () => {
  it('reads one that PyTorch 2.1 wrote', async () => {
    await using checkpoint = await openCheckpoint('test/fixtures/checkpoints/torch-save-2.1.bin');
    expect(checkpoint.format).toBe('pytorch-zip');
    expect(checkpoint.tensors.size).toBe(0);
    expect(checkpoint.values.get('pretrained')).toBe('facebook/encodec_32khz');
  });

  it('takes NumPy numbers, parameters and tied tensors, as trainers leave them', async () => {
    const type = call(global('numpy', 'dtype'), text('f8'), '\x89', '\x88');
    const state = [tuple(integer(3), text('<'), 'N', 'N', 'N', integer(-1), integer(-1), integer(0)), 'b'];
    const raw = call(global('_codecs', 'encode'), text('\0\0\0\0\0\0\xf8?'), text('latin1'));
    const score = call(global('numpy.core.multiarray', 'scalar'), [type, ...state], raw);
    const parameter = call(
      global('torch._utils', '_rebuild_parameter'),
      tensorPart(floats([2], [1, 2]), '0'),
      '\x88',
      'N',
    );
    const { zipFile } = await import('../../helpers/torch-file.js');
    const body = dict({ score, weight: [parameter, 'q\x05'], tied: 'h\x05' });
    const file = zipFile([
      ['m/data.pkl', pickle(body)],
      ['m/data/0', floats([2], [1, 2]).bytes],
    ]);
    await using checkpoint = await opened(file);
    expect(checkpoint.values.get('score')).toBe(1.5);
    expect(await checkpoint.readFloat32('tied')).toEqual(Float32Array.of(1, 2));
    expect([...checkpoint.tensors.keys()]).toEqual(['weight', 'tied']);
  });
});

describe('openCheckpoint of safetensors', () => {
  it('reads what it writes', async () => {
    const bytes = new Uint8Array(values.buffer);
    const half = new Uint8Array(Uint16Array.of(0x3c00, 0x4000).buffer);
    await using checkpoint = await opened(
      await safetensors([
        { name: 'a.b', type: 'float32', shape: [4, 6], bytes },
        { name: 'h', type: 'float16', shape: [2], bytes: half },
        { name: 'none', type: 'float32', shape: [0, 3], bytes: new Uint8Array(0) },
      ]),
    );
    expect(checkpoint.format).toBe('safetensors');
    expect(checkpoint.values.get('format')).toBe('pt');
    expect(await checkpoint.readFloat32('a.b', { start: 20, end: 24 })).toEqual(values.slice(20));
    expect(await checkpoint.readFloat32('h')).toEqual(Float32Array.of(1, 2));
    expect(await checkpoint.readFloat32('none')).toEqual(new Float32Array(0));
  });
});

describe('openCheckpoint of a file on disk', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'checkpoint-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('reads a ZIP64 archive beyond 4 GB by range', async () => {
    const path = join(folder, 'large.pt');
    const far = 5 * 2 ** 30;
    await writeLarge(path, far);
    const before = process.memoryUsage().arrayBuffers;
    await using checkpoint = await openCheckpoint(path);
    expect(checkpoint.tensors.get('big')?.shape).toEqual([far / 4]);
    const end = { start: far / 4 - 2, end: far / 4 };
    expect(await checkpoint.readFloat32('big', end)).toEqual(Float32Array.of(2.5, 3.5));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8e6);
  });

  it.each([
    ['', 'the file is empty'],
    ['version https://git-lfs.github.com/spec/v1\n', 'pointer of Git LFS'],
    ['<!DOCTYPE html><title>403</title>', 'a web page'],
    ['RIFF....WAVEfmt ', 'not a checkpoint'],
  ])('says what %j is', async (content, problem) => {
    const path = join(folder, 'x.pt');
    await writeFile(path, content);
    await expect(openCheckpoint(path)).rejects.toThrow(problem);
  });

  it('says that a folder or nothing is no file', async () => {
    await expect(openCheckpoint(folder)).rejects.toMatchObject({ code: 'checkpoint-not-readable' });
    await expect(openCheckpoint(join(folder, 'none.pt'))).rejects.toMatchObject({ code: 'checkpoint-not-readable' });
  });
});

/** One tensor of `size` bytes that ends with 2.5 and 3.5, in a sparse file with the records of ZIP64. */
async function writeLarge(path: string, size: number): Promise<void> {
  const description = pickle(
    dict({ big: tensorPart({ shape: [size / 4], length: size / 4, bytes: new Uint8Array(0) }, '0') }),
  );
  const { crc32 } = await import('../../../src/models/checkpoint/crc32.js');
  const local = (name: string): Buffer => {
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50);
    header.writeUInt16LE(name.length, 26);
    return Buffer.concat([header, Buffer.from(name)]);
  };
  const first = Buffer.concat([local('m/data.pkl'), description]);
  const second = local('m/data/0');
  const dataStart = first.length + second.length;
  const wide = Buffer.alloc(20);
  wide.writeUInt16LE(1);
  wide.writeUInt16LE(16, 2);
  wide.writeBigUInt64LE(BigInt(size), 4);
  wide.writeBigUInt64LE(BigInt(size), 12);
  const fields = { method: 0, flags: 0, crc: 0, headerOffset: 0 };
  const central = Buffer.concat([
    centralHeader({
      ...fields,
      name: 'm/data.pkl',
      size: description.length,
      packed: description.length,
      crc: crc32(description),
    }),
    centralHeader(
      { ...fields, name: 'm/data/0', size: 0xffffffff, packed: 0xffffffff, headerOffset: first.length },
      wide,
    ),
  ]);
  const at = dataStart + size;
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50);
  end64.writeBigUInt64LE(2n, 32);
  end64.writeBigUInt64LE(BigInt(central.length), 40);
  end64.writeBigUInt64LE(BigInt(at), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50);
  locator.writeBigUInt64LE(BigInt(at + central.length), 8);
  const end = Buffer.alloc(22, 0xff);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(0, 20);
  const handle = await open(path, 'w');
  await handle.write(Buffer.concat([first, second]), 0, dataStart, 0);
  await handle.write(Buffer.from(Float32Array.of(2.5, 3.5).buffer), 0, 8, at - 8);
  const tail = Buffer.concat([central, end64, locator, end]);
  await handle.write(tail, 0, tail.length, at);
  await handle.close();
}
