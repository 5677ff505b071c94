import { describe, expect, it } from 'vitest';
import { BenchError } from '../../../src/core/errors.js';
import { seededRng } from '../../../src/core/rng.js';
import { memorySource } from '../../../src/models/checkpoint/byte-source.js';
import type { Checkpoint } from '../../../src/models/checkpoint/checkpoint.js';
import { openCheckpointSource } from '../../../src/models/checkpoint/open-checkpoint.js';
import { safetensorsFile } from '../../../src/models/checkpoint/write-safetensors.js';
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
  uint32,
} from '../../helpers/pickle-writer.js';
import {
  floats,
  type SavedTensor,
  tensorPart,
  torchLegacy,
  torchZip,
  type ZipFields,
  zipFile,
} from '../../helpers/torch-file.js';

const opened = (bytes: Uint8Array): Promise<Checkpoint> => openCheckpointSource(memorySource(bytes, 'model.pt'));
const four = floats([2, 2], [1, 2, 3, 4]);

/** An archive whose description is this pickle. */
function archive(description: Uint8Array, storage: Uint8Array = four.bytes): Uint8Array {
  return zipFile([
    ['m/data.pkl', description],
    ['m/data/0', storage],
  ]);
}

/** An archive with one tensor that is described so. */
function tensor(saved: Partial<SavedTensor>): Uint8Array {
  return archive(pickle(dict({ w: tensorPart({ ...four, ...saved }, '0') })));
}

/** A sound archive with one field of the directory changed. */
function lying(change: Partial<ZipFields>, member = 'm/data/0'): Uint8Array {
  const members = [
    ['m/data.pkl', pickle(dict({ w: tensorPart(four, '0') }))],
    ['m/data/0', four.bytes],
  ] as const;
  return zipFile(members, { lie: (name, fields) => (name === member ? { ...fields, ...change } : fields) });
}

function header(json: unknown, data = four.bytes): Uint8Array {
  const body = Buffer.from(typeof json === 'string' ? json : JSON.stringify(json));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(body.length));
  return Buffer.concat([length, body, data]);
}

const system = call(global('os', 'system'), text('echo hello > /tmp/attacked'));
/** 2^40 leaves from forty lists that each hold the one before twice. */
const doubling: PicklePart = [
  ']',
  'q\0',
  ...Array.from({ length: 40 }, (_, index) => ['](', 'h', index, 'h', index, 'e', 'q', index + 1]),
];

const attacks: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ['a call of the system', archive(pickle(system)), /byte 2 of the pickle: the file asks for "os\.system"/],
  ['posix.system by STACK_GLOBAL', archive(pickle(text('posix'), text('system'), '\x93', ')', 'R')), /"posix\.system"/],
  ['eval', archive(pickle(call(global('builtins', 'eval'), text('1')))), /"builtins\.eval"/],
  ['getattr', archive(pickle(call(global('__builtin__', 'getattr'), text('a'), text('b')))), /"__builtin__\.getattr"/],
  ['a name of Object', archive(pickle(global('constructor', 'constructor'))), /"constructor\.constructor"/],
  ['__proto__', archive(pickle(global('__proto__', 'toString'))), /"__proto__\.toString"/],
  [
    'a pickled module',
    archive(pickle(global('torch.nn.modules.linear', 'Linear'), ')', '\x81')),
    /"torch\.nn\.modules\.linear\.Linear"/,
  ],
  [
    'nested loading',
    archive(pickle(global('torch.storage', '_load_from_bytes'))),
    /"torch\.storage\._load_from_bytes"/,
  ],
  ['an INST operation', archive(pickle('(', text('x'), 'ios\nsystem\n')), /operation 0x69 is not known/],
  ['an extension code', archive(pickle('\x82\x01')), /operation 0x82 is not known/],
  ['a text persistent id', archive(pickle('Pstorage\n')), /operation 0x50 is not known/],
  ['a list that holds itself', archive(pickle(']', 'q\0', 'h\0', 'a')), /nested more than 64 deep/],
  [
    'a dictionary that holds itself',
    archive(pickle('}', 'q\0', text('again'), 'h\0', 's')),
    /again\.again.*nested more than 64 deep/,
  ],
  ['a tower of tuples', archive(pickle('N', '\x85'.repeat(100_000))), /nested more than 64 deep/],
  ['lists that double', archive(pickle(doubling)), /more than 4000000 values/],
  ['a million marks', archive(pickle('('.repeat(1_000_000))), /too many marks/],
  ['an empty stack', archive(pickle('R')), /the stack is empty/],
  ['no mark', archive(pickle('t')), /there is no mark/],
  ['nothing remembered', archive(pickle('h\x07')), /nothing was remembered as 7/],
  ['a text longer than the file', archive(pickle('X', uint32(0xffffffff))), /it ends \d+ bytes too early/],
  ['a 64-bit text', archive(pickle('\x8d', Buffer.alloc(8, 0x7f))), /a length of \d+ is more than the pickle has/],
  ['an integer of 4 GB', archive(pickle('\x8b', uint32(0xfffffff0))), /integer of 4294967280 bytes is too long/],
  ['a text that is not UTF-8', archive(pickle('X', uint32(2), '\xff\xfe')), /not UTF-8/],
  ['an unknown protocol', archive(bytesOf('\x80\x09N.')), /protocol 9 is not known/],
  ['a pickle without an end', archive(bytesOf('\x80\x02N')), /it ends 1 bytes too early/],
  ['a list as a key', archive(pickle('}', ']', 'N', 's')), /a key of a dictionary is neither/],
  ['a number that is called', archive(pickle(integer(3), ')', 'R')), /what is called is not a function/],
  ['a state for a list', archive(pickle(']', '}', 'b')), /a state is given to what has none/],
  [
    'a tensor of texts',
    archive(pickle(call(global('torch._utils', '_rebuild_tensor_v2'), text('x')))),
    /arguments that PyTorch does not write/,
  ],
  [
    'a storage of an unknown kind',
    archive(pickle(tuple(text('storage'), global('torch', 'Size'), text('0'), text('cpu'), integer(4)), 'Q')),
    /a storage is not described/,
  ],
  ['a shape beyond the storage', tensor({ shape: [2, 3] }), /w: the tensor reaches beyond its storage/],
  ['a stride beyond the storage', tensor({ strides: [400, 1] }), /w: the tensor reaches beyond its storage/],
  ['a negative length', tensor({ shape: [-2, 2], strides: [1, 1] }), /w: shape or strides of the tensor are not sound/],
  ['an offset beyond the storage', tensor({ offset: 1_000_000 }), /w: the tensor reaches beyond/],
  ['a product that overflows', tensor({ shape: [2 ** 30, 2 ** 30], strides: [0, 0] }), /w: shape or strides/],
  ['seventeen axes', tensor({ shape: Array(17).fill(1), strides: Array(17).fill(1) }), /w: shape or strides/],
  [
    'a storage that the file does not have',
    archive(pickle(dict({ w: tensorPart(four, '7') }))),
    /w: the archive has no storage 7/,
  ],
  ['a storage shorter than it says', tensor({ length: 4000 }), /w: the storage 0 is shorter/],
  [
    'a storage name that climbs',
    archive(pickle(dict({ w: tensorPart(four, '../../etc/passwd') }))),
    /no storage \.\.\/\.\.\/etc/,
  ],
  [
    'two tensors of one name',
    archive(pickle(dict({ 'a.b': tensorPart(four, '0'), a: dict({ b: tensorPart(four, '0') }) }))),
    /a\.b: there are two tensors/,
  ],
  ['a compressed member', lying({ method: 8 }), /m\/data\/0: the member is compressed/],
  ['a bomb that says it is small', lying({ packed: 10 }), /m\/data\/0: the member is compressed/],
  ['an encrypted member', lying({ flags: 1 }), /m\/data\/0: the member is encrypted/],
  ['a member that climbs', lying({ name: '../../outside' }), /leads out of the archive/],
  ['an absolute member', lying({ name: '/etc/passwd' }), /leads out of the archive/],
  ['a member of Windows', lying({ name: 'm\\data' }), /leads out of the archive/],
  ['two members of one name', lying({ name: 'm/data.pkl' }), /two members of this name/],
  ['a member over another', lying({ headerOffset: 0, name: 'm/data.pkX' }), /another name in its own header/],
  ['a member beyond the file', lying({ size: 1e6, packed: 1e6 }), /reaches beyond the archive/],
  ['a member outside the file', lying({ headerOffset: 1e9 }), /outside the archive/],
  ['a wrong checksum', lying({ crc: 1 }, 'm/data.pkl'), /m\/data\.pkl: the member is damaged/],
  ['an archive cut off', tensor({}).slice(0, -30), /the archive has no directory/],
  ['an archive without a description', zipFile([['m/other', four.bytes]]), /not one of torch\.save/],
  [
    'a TorchScript program',
    zipFile([
      ['m/data.pkl', pickle('N')],
      ['m/constants.pkl', pickle('N')],
    ]),
    /TorchScript program/,
  ],
  [
    'big-endian tensors',
    zipFile([
      ['m/data.pkl', pickle('N')],
      ['m/byteorder', Buffer.from('big')],
    ]),
    /"big" byte order/,
  ],
  [
    'a legacy file cut off',
    torchLegacy({ tensors: { w: four } }).slice(0, -3),
    /storage 0: a storage of 4 elements is longer than the file/,
  ],
  [
    'a legacy storage that lies',
    torchLegacy({ tensors: { w: { ...four, length: 2 ** 40 } } }),
    /storage 0: a storage of 1099511627776 elements/,
  ],
  ['a header longer than the file', Buffer.concat([Buffer.alloc(8, 0x7f), Buffer.from('{')]), /longer than the file/],
  ['a header that is not JSON', header('{"w": nope}'), /the header is not JSON/],
  ['a header that is a list', header('{}').fill(0x5b, 8, 9).fill(0x5d, 9, 10), /not a checkpoint/],
  [
    'an unknown element type',
    header({ w: { dtype: 'F7', shape: [1], data_offsets: [0, 4] } }),
    /w: elements of type "F7"/,
  ],
  [
    'a shape that lies',
    header({ w: { dtype: 'F32', shape: [3], data_offsets: [0, 16] } }),
    /w: shape and length differ/,
  ],
  [
    'tensors over each other',
    header({
      a: { dtype: 'F32', shape: [4], data_offsets: [0, 16] },
      b: { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
    }),
    /lies over another/,
  ],
  ['a gap', header({ a: { dtype: 'F32', shape: [2], data_offsets: [8, 16] } }), /a gap before the tensor/],
  ['bytes left over', header({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } }), /do not fill the file/],
  ['backward offsets', header({ a: { dtype: 'F32', shape: [0], data_offsets: [8, 0] } }), /ends before it begins/],
  [
    'fractions in a shape',
    header({ a: { dtype: 'F32', shape: [1.5], data_offsets: [0, 6] } }),
    /does not describe the tensor/,
  ],
  ['metadata that are no texts', header({ __metadata__: { a: 1 } }, new Uint8Array(0)), /metadata are not texts/],
];

describe('attacks on the readers', () => {
  it.each(attacks)('%s is refused with its place', async (_, bytes, message) => {
    const started = performance.now();
    const error = await opened(bytes).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(BenchError);
    expect((error as BenchError).message).toMatch(message);
    expect((error as BenchError).code).toMatch(/^checkpoint-(damaged|refused)$/);
    // Bounded work: far from what a bomb would take, wide enough for a busy machine.
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

/** Sound files of every format, small enough for thousands of mutations. */
async function soundFiles(): Promise<Uint8Array[]> {
  const turned = { ...four, strides: [1, 2] };
  const tree = {
    tensors: { 'a.weight': four, turned, one: floats([], [3]) },
    under: 'model',
    values: { epoch: integer(3) },
  };
  const parts: Uint8Array[] = [];
  const tensors = [
    { name: 'a', type: 'float32' as const, shape: [2, 2] },
    { name: 'b', type: 'float16' as const, shape: [8] },
  ];
  for await (const part of safetensorsFile(tensors, { bytesOf: async () => four.bytes })) parts.push(part);
  const plain = archive(pickle(orderedDict({ w: tensorPart(four, '0') })));
  return [torchZip(tree), torchLegacy(tree), Buffer.concat(parts), plain];
}

/** Flipped bytes, cut ends, moved and repeated parts, and numbers that stand where lengths may stand. */
function mutated(bytes: Uint8Array, rng: ReturnType<typeof seededRng>): Uint8Array {
  const copy = Buffer.from(bytes);
  const place = (): number => rng.integer(copy.length);
  for (let changes = 1 + rng.integer(4); changes > 0; changes--) {
    const kind = rng.integer(6);
    if (kind === 0) copy[place()] = rng.integer(256);
    else if (kind === 1) copy[place()]! ^= 1 << rng.integer(8);
    else if (kind === 2 && copy.length > 8)
      copy.writeUInt32LE([0, 1, 0x7fffffff, 0xffffffff][rng.integer(4)]!, rng.integer(copy.length - 4));
    else if (kind === 3) return copy.subarray(0, place());
    else if (kind === 4) copy.copyWithin(place(), place(), place());
    else return Buffer.concat([copy.subarray(0, place()), copy.subarray(place())]);
  }
  return copy;
}

describe('10,000 mutated files', () => {
  it('are refused cleanly or give sound tensors, and never anything else', async () => {
    const rng = seededRng('checkpoint-fuzz', 1);
    const files = await soundFiles();
    const outcomes = { refused: 0, sound: 0 };
    for (let round = 0; round < 10_000; round++) {
      const bytes = mutated(files[round % files.length]!, rng);
      try {
        await using checkpoint = await opened(bytes);
        for (const { name, shape } of checkpoint.tensors.values()) {
          const read = await checkpoint.readFloat32(name);
          expect(read.length).toBe(shape.reduce((product, length) => product * length, 1));
        }
        outcomes.sound++;
      } catch (error) {
        if (!(error instanceof BenchError)) throw new Error(`round ${round} of the seed`, { cause: error });
        outcomes.refused++;
      }
    }
    // Both happen often: the mutations neither miss the file nor destroy it every time.
    expect(outcomes.refused).toBeGreaterThan(2000);
    expect(outcomes.sound).toBeGreaterThan(300);
  }, 240_000);
});
