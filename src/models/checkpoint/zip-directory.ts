import type { ByteSource } from './byte-source.js';
import { damaged, refused } from './damage.js';
import { checkpointLimits } from './limits.js';

/** One stored member of a ZIP file. */
export interface ZipEntry {
  readonly name: string;
  /** Where its bytes begin in the file. */
  readonly offset: number;
  readonly size: number;
  readonly crc32: number;
}

/** Signatures and sizes of the records (PKWARE APPNOTE 6.3.10, sections 4.3.7 to 4.3.16). */
const signatures = {
  local: 0x04034b50,
  central: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
};
const endSize = 22;
const locatorSize = 20;
const end64Size = 56;
const longestComment = 65_535;

/**
 * The members of a ZIP file, ZIP64 included, without their bytes. Throws a BenchError for whatever PyTorch does not write: compressed or
 * encrypted members, members over one another or outside the file, two of one name, names that lead out of the archive.
 */
export async function readZipDirectory(source: ByteSource): Promise<ReadonlyMap<string, ZipEntry>> {
  const { offset, size, count } = await findDirectory(source);
  const { directoryBytes, directoryEntries } = checkpointLimits;
  if (size > directoryBytes || count > directoryEntries) {
    throw refused(source.file, {
      problem: `the directory of the archive is too large: ${count} members in ${size} bytes`,
    });
  }
  const directory = await source.read(offset, size);
  const headers = parseDirectory(directory, { file: source.file, count });
  const entries: ZipEntry[] = [];
  for (const header of headers) entries.push(await locate(source, header, offset));
  checkOverlaps(entries, source.file);
  return new Map(entries.map((entry) => [entry.name, entry]));
}

interface DirectoryPlace {
  readonly offset: number;
  readonly size: number;
  readonly count: number;
}

async function findDirectory(source: ByteSource): Promise<DirectoryPlace> {
  const length = Math.min(source.size, endSize + longestComment + locatorSize);
  const tail = viewOf(await source.read(source.size - length, length));
  for (let at = length - endSize; at >= 0; at--) {
    if (tail.getUint32(at, true) !== signatures.end) continue;
    if (at + endSize + tail.getUint16(at + 20, true) !== length) continue;
    const locator = at - locatorSize;
    if (locator >= 0 && tail.getUint32(locator, true) === signatures.locator64) {
      return readEnd64(source, wholeNumber(tail, locator + 8, source.file));
    }
    return {
      count: tail.getUint16(at + 10, true),
      size: tail.getUint32(at + 12, true),
      offset: tail.getUint32(at + 16, true),
    };
  }
  throw damaged(source.file, {
    field: `byte ${source.size}`,
    problem: 'the archive has no directory: the file is cut off',
  });
}

async function readEnd64(source: ByteSource, offset: number): Promise<DirectoryPlace> {
  const record = viewOf(await source.read(offset, end64Size));
  if (record.getUint32(0, true) !== signatures.end64) {
    throw damaged(source.file, {
      field: `byte ${offset}`,
      problem: 'the end of the ZIP64 directory is not where it should be',
    });
  }
  const number = (at: number): number => wholeNumber(record, at, source.file);
  return { count: number(32), size: number(40), offset: number(48) };
}

interface Header extends Omit<ZipEntry, 'offset'> {
  readonly headerOffset: number;
}

function parseDirectory(directory: Uint8Array, { file, count }: { file: string; count: number }): Header[] {
  const view = viewOf(directory);
  const headers: Header[] = [];
  const names = new Set<string>();
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + 46 > directory.length || view.getUint32(at, true) !== signatures.central) {
      throw damaged(file, { field: `member ${index}`, problem: 'the directory of the archive breaks off' });
    }
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const end = at + 46 + nameLength! + extraLength! + commentLength!;
    if (end > directory.length) throw damaged(file, { field: `member ${index}`, problem: 'the directory breaks off' });
    const header = parseHeader(directory.subarray(at, end), {
      file,
      nameLength: nameLength!,
      extraLength: extraLength!,
    });
    if (names.has(header.name))
      throw damaged(file, { field: header.name, problem: 'the archive has two members of this name' });
    names.add(header.name);
    headers.push(header);
    at = end;
  }
  return headers;
}

interface HeaderContext {
  readonly file: string;
  readonly nameLength: number;
  readonly extraLength: number;
}

function parseHeader(record: Uint8Array, { file, nameLength, extraLength }: HeaderContext): Header {
  const view = viewOf(record);
  const name = checkedName(Buffer.from(record.subarray(46, 46 + nameLength)).toString('utf8'), file);
  const [flags, method] = [view.getUint16(8, true), view.getUint16(10, true)];
  if ((flags & 1) !== 0) throw refused(file, { field: name, problem: 'the member is encrypted' });
  const extra = record.subarray(46 + nameLength, 46 + nameLength + extraLength);
  const wide = zip64Numbers(extra, { file, name });
  const numberAt = (place: number): number => {
    const short = view.getUint32(place, true);
    if (short !== 0xffffffff) return short;
    const long = wide.shift();
    if (long === undefined) throw damaged(file, { field: name, problem: 'a ZIP64 size is missing' });
    return long;
  };
  // ZIP64 holds only those that do not fit, in this order.
  const [size, packed, headerOffset] = [numberAt(24), numberAt(20), numberAt(42)];
  if (method !== 0 || packed !== size)
    throw refused(file, { field: name, problem: 'the member is compressed, which PyTorch never does' });
  return { name, size, headerOffset, crc32: view.getUint32(16, true) };
}

function zip64Numbers(extra: Uint8Array, { file, name }: { file: string; name: string }): number[] {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length; ) {
    const [id, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    if (at + 4 + length > extra.length) break;
    if (id === 1) {
      const count = Math.floor(length / 8);
      return Array.from({ length: count }, (_, index) => wholeNumber(view, at + 4 + 8 * index, `${file}: ${name}`));
    }
    at += 4 + length;
  }
  return [];
}

function checkedName(name: string, file: string): string {
  const isSafe =
    name.length > 0 &&
    name.length <= checkpointLimits.nameLength &&
    !/[\\\0\uFFFD]/.test(name) &&
    !name.startsWith('/') &&
    !name.split('/').includes('..');
  if (isSafe) return name;
  throw refused(file, {
    field: JSON.stringify(name.slice(0, 200)),
    problem: 'the name of a member leads out of the archive',
  });
}

/** Its bytes stand behind its own header, which repeats the name. */
async function locate(source: ByteSource, header: Header, directoryOffset: number): Promise<ZipEntry> {
  const { name, size, crc32, headerOffset } = header;
  const fault = (problem: string): Error => damaged(source.file, { field: name, problem });
  if (headerOffset + 30 > directoryOffset) throw fault('the member lies outside the archive');
  const local = viewOf(await source.read(headerOffset, 30));
  if (local.getUint32(0, true) !== signatures.local) throw fault('the member is not where the directory says');
  const [nameLength, extraLength] = [local.getUint16(26, true), local.getUint16(28, true)];
  const offset = headerOffset + 30 + nameLength + extraLength;
  if (offset + size > directoryOffset) throw fault('the member reaches beyond the archive');
  const ownName = Buffer.from(await source.read(headerOffset + 30, nameLength)).toString('utf8');
  if (ownName !== name) throw fault('the member has another name in its own header');
  return { name, size, crc32, offset };
}

function checkOverlaps(entries: readonly ZipEntry[], file: string): void {
  const inOrder = [...entries].sort((a, b) => a.offset - b.offset || a.size - b.size);
  inOrder.forEach((entry, index) => {
    const before = inOrder[index - 1];
    if (before !== undefined && before.offset + before.size > entry.offset)
      throw damaged(file, { field: entry.name, problem: `the member lies over ${before.name}` });
  });
}

function wholeNumber(view: DataView, at: number, file: string): number {
  const value = view.getBigUint64(at, true);
  if (value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
  throw damaged(file, { problem: `a size of ${value} bytes is not possible` });
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
