import { damaged } from '../damage.js';
import { bytesPerElement } from '../element-types.js';
import { checkView, elementsOf, type TensorView } from '../tensor-layout.js';
import { attributeTexts } from './attribute-texts.js';
import { dataTypeAt, shapeAt } from './data-type.js';
import { type FileBytes, fileBytes, notRead } from './file-bytes.js';
import { linksOf } from './group-links.js';
import { messageOf, messagesOf, messageTypes } from './object-header.js';

/** Of a layout message: all elements one after the other. */
const contiguous = 1;

/** A group of an HDF5 file. What it does not hold as it should throws a BenchError that names the place. */
export interface Hdf5Group {
  /** An attribute that is a list of texts; undefined where there is none. */
  texts(attribute: string): readonly string[] | undefined;
  has(name: string): boolean;
  /** The group of this path below, parts separated by `/`. */
  group(path: string): Hdf5Group;
  /** A view of the bytes of the file: its storage begins at the returned place. */
  dataset(path: string): { readonly view: TensorView; readonly at: number };
}

/** Bytes that every HDF5 file begins with. */
export const hdf5Signature: Buffer = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');

/**
 * The root group of an HDF5 file in the form that h5py writes unless it is told otherwise: superblock 0 or 1, groups as symbol tables, datasets in
 * one piece and neither filtered nor in other files (HDF5 File Format Specification 3.0). Any other form is refused by name.
 */
export function openHdf5(content: Uint8Array, file: string): Hdf5Group {
  const bytes = fileBytes(content, file);
  const version = bytes.byte(8);
  if (version > 1) throw notRead(file, 'byte 8', `HDF5 with a superblock of version ${version}`);
  const widths = [bytes.byte(13), bytes.byte(14)];
  if (widths.some((width) => width !== 8)) throw notRead(file, 'byte 13', `HDF5 with addresses of ${widths[0]} bytes`);
  const base = version === 0 ? 24 : 28;
  if (bytes.whole(base) !== 0) throw notRead(file, `byte ${base}`, 'HDF5 that begins within another file');
  return groupAt({ bytes, linksAt: rememberLinks(bytes) }, bytes.whole(base + 40), '/');
}

interface OpenFile {
  readonly bytes: FileBytes;
  /** Of the group whose header is there; each group is read once. */
  readonly linksAt: (address: number, name: string) => ReadonlyMap<string, number>;
}

function rememberLinks(bytes: FileBytes): OpenFile['linksAt'] {
  const known = new Map<number, ReadonlyMap<string, number>>();
  return (address, name) => {
    const links = known.get(address) ?? linksOf(bytes, messagesOf(bytes, address), name);
    known.set(address, links);
    return links;
  };
}

function groupAt(open: OpenFile, address: number, name: string): Hdf5Group {
  const { bytes, linksAt } = open;
  const messages = messagesOf(bytes, address);
  const links = linksAt(address, name);
  return {
    texts: (attribute) => attributeTexts(bytes, messages, attribute),
    has: (child) => links.has(child),
    group: (path) => groupAt(open, addressOf(open, { from: address, path }), path),
    dataset: (path) => datasetAt(bytes, addressOf(open, { from: address, path }), path),
  };
}

function addressOf(
  { bytes, linksAt }: OpenFile,
  { from, path }: { readonly from: number; readonly path: string },
): number {
  let address = from;
  for (const part of path.split('/')) {
    const next = linksAt(address, path).get(part);
    if (next === undefined) throw damaged(bytes.file, { field: path, problem: `there is nothing of the name ${part}` });
    address = next;
  }
  return address;
}

/** The address of a dataset's elements stands in its layout message of version 3 or 4, class 1 (section IV.A.2.i). */
function datasetAt(
  bytes: FileBytes,
  address: number,
  path: string,
): { readonly view: TensorView; readonly at: number } {
  const { file } = bytes;
  const messages = messagesOf(bytes, address);
  const own = (type: number): number => messageOf(messages, type, { file, field: path }).at;
  const has = (type: number): boolean => messages.some((message) => message.type === type);
  if (has(messageTypes.externalFiles)) throw notRead(file, path, 'a tensor in another file');
  if (has(messageTypes.filters)) throw notRead(file, path, 'a compressed tensor');
  const type = dataTypeAt(bytes, own(messageTypes.datatype));
  if (type.kind !== 'number') throw notRead(file, path, 'a tensor of texts');
  const layout = own(messageTypes.layout);
  const [version, kind] = [bytes.byte(layout), bytes.byte(layout + 1)];
  if ((version !== 3 && version !== 4) || kind !== contiguous)
    throw notRead(file, path, 'a tensor that is not in one piece');
  const shape = shapeAt(bytes, own(messageTypes.dataspace));
  const count = elementsOf(shape);
  // Nothing is allocated for no elements, and the address is then undefined.
  const at = count === 0 ? 0 : bytes.whole(layout + 2);
  const length = Math.floor(Math.max(0, bytes.size - at) / bytesPerElement[type.type]);
  const strides = shape.map((_, axis) => elementsOf(shape.slice(axis + 1)));
  const storage = { key: path, type: type.type, start: 0, length };
  const view = { storage, offset: 0, shape, strides };
  checkView(view, { file, name: path });
  return { view, at };
}
