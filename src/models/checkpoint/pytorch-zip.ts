import type { ByteSource } from './byte-source.js';
import type { Checkpoint } from './checkpoint.js';
import { crc32 } from './crc32.js';
import { damaged, refused } from './damage.js';
import { flattenPickle } from './flatten-pickle.js';
import { checkpointLimits } from './limits.js';
import { runPickle } from './pickle-machine.js';
import { bytesOf, type StorageReference } from './tensor-layout.js';
import { viewedCheckpoint } from './viewed-checkpoint.js';
import { readZipDirectory, type ZipEntry } from './zip-directory.js';

/**
 * A file of `torch.save` since PyTorch 1.6: a ZIP archive with `ROOT/data.pkl`, which describes the tensors, and their storages
 * `ROOT/data/KEY` (torch/serialization.py, `_save`; caffe2/serialize/inline_container.cc).
 */
export async function openPytorchZip(source: ByteSource): Promise<Checkpoint> {
  const { file } = source;
  const entries = await readZipDirectory(source);
  const root = rootOf(entries, file);
  await checkByteOrder(source, entries.get(`${root}byteorder`));
  const pickle = await readPickle(source, entries.get(`${root}data.pkl`)!);
  const { views, values } = flattenPickle(runPickle(pickle, { file }).value, file);
  const storageOffset = (storage: StorageReference, name: string): number => {
    const entry = entries.get(`${root}data/${storage.key}`);
    if (entry === undefined) throw damaged(file, { field: name, problem: `the archive has no storage ${storage.key}` });
    if (bytesOf(storage) > entry.size) {
      throw damaged(file, {
        field: name,
        problem: `the storage ${storage.key} is shorter than the tensor says`,
        expected: `${bytesOf(storage)} bytes`,
        got: `${entry.size}`,
      });
    }
    return entry.offset;
  };
  return viewedCheckpoint(source, { format: 'pytorch-zip', views, values, storageOffset });
}

function rootOf(entries: ReadonlyMap<string, ZipEntry>, file: string): string {
  const roots = [...entries.keys()].flatMap((name) => /^([^/]*\/)?data\.pkl$/.exec(name)?.[0] ?? []);
  if (roots.length === 1) {
    const root = roots[0]!.slice(0, -'data.pkl'.length);
    if (!entries.has(`${root}constants.pkl`)) return root;
    throw refused(file, { problem: 'the file is a TorchScript program, not a checkpoint' });
  }
  throw refused(file, {
    problem: 'the archive is not one of torch.save',
    expected: 'one member data.pkl',
    got: `${roots.length}`,
  });
}

async function checkByteOrder(source: ByteSource, entry: ZipEntry | undefined): Promise<void> {
  if (entry === undefined) return;
  const order = Buffer.from(await source.read(entry.offset, Math.min(entry.size, 16))).toString('latin1');
  if (order !== 'little')
    throw refused(source.file, { problem: `the tensors are stored in ${JSON.stringify(order)} byte order` });
}

async function readPickle(source: ByteSource, entry: ZipEntry): Promise<Uint8Array> {
  if (entry.size > checkpointLimits.pickleBytes) {
    throw refused(source.file, {
      field: entry.name,
      problem: `the description of the tensors has ${entry.size} bytes`,
    });
  }
  const pickle = await source.read(entry.offset, entry.size);
  if (crc32(pickle) === entry.crc32) return pickle;
  throw damaged(source.file, { field: entry.name, problem: 'the member is damaged: its checksum is another one' });
}
