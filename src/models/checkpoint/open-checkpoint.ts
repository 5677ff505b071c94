import { type ByteSource, openFileSource } from './byte-source.js';
import type { Checkpoint } from './checkpoint.js';
import { refused } from './damage.js';
import { gunzippedSource } from './gunzipped-source.js';
import { hdf5Signature } from './hdf5/hdf5-file.js';
import { openKerasHdf5 } from './keras-hdf5.js';
import { openPytorchLegacy } from './pytorch-legacy.js';
import { openPytorchZip } from './pytorch-zip.js';
import { openSafetensors } from './safetensors.js';

/**
 * Opens a checkpoint of PyTorch, safetensors or Keras (HDF5), also one inside gzip, told apart by its first bytes, not its name. No code of the file is run. Throws a
 * BenchError that names the tensor or byte for a file that is damaged, lies, or asks for more than tensors.
 */
export async function openCheckpoint(path: string): Promise<Checkpoint> {
  return openCheckpointSource(await openFileSource(path));
}

/** The same from any source; the checkpoint closes it, and so does a failure. */
export async function openCheckpointSource(source: ByteSource): Promise<Checkpoint> {
  try {
    return await openByFormat(source);
  } catch (error) {
    await source[Symbol.asyncDispose]();
    throw error;
  }
}

async function openByFormat(source: ByteSource, { unpacked = false } = {}): Promise<Checkpoint> {
  const start = Buffer.from(await source.read(0, Math.min(64, source.size)));
  if (start.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return openPytorchZip(source);
  // PROTO 2, LONG1 with the ten bytes of the magic number.
  if (start.subarray(0, 4).equals(Buffer.from([0x80, 0x02, 0x8a, 0x0a]))) return openPytorchLegacy(source);
  if (start.length > 8 && start[8] === 0x7b) return openSafetensors(source);
  if (start.subarray(0, 8).equals(hdf5Signature)) return openKerasHdf5(source);
  if (!unpacked && start.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b])))
    return openByFormat(await gunzippedSource(source), { unpacked: true });
  throw refused(source.file, {
    problem: notACheckpoint(start.toString('latin1')),
    expected: 'a file of torch.save, safetensors or Keras (HDF5)',
  });
}

function notACheckpoint(start: string): string {
  if (start === '') return 'the file is empty';
  if (start.startsWith('version https://git-lfs')) return 'the file is a pointer of Git LFS, not the checkpoint itself';
  if (/^\s*<(!doctype|html)/i.test(start))
    return 'the file is a web page, as servers send instead of a file that they refuse';
  return 'the file is not a checkpoint';
}
