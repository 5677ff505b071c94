import { damaged } from '../damage.js';
import { checkpointLimits } from '../limits.js';
import { elementsOf } from '../tensor-layout.js';
import { dataTypeAt, shapeAt } from './data-type.js';
import { type FileBytes, notRead } from './file-bytes.js';
import type { Message } from './object-header.js';
import { messageTypes } from './object-header.js';

const heapReferenceBytes = 16;
/** How far a heap is read; names of layers take some kilobytes. */
const mostHeapBytes = 1_048_576;

/** Texts of the attribute with this name; undefined where the object has none of it. Throws a BenchError where it holds other things. */
export function attributeTexts(
  bytes: FileBytes,
  messages: readonly Message[],
  name: string,
): readonly string[] | undefined {
  for (const message of messages.filter(({ type }) => type === messageTypes.attribute)) {
    const parts = partsOf(bytes, message);
    if (parts.name === name) return textsOf(bytes, { ...parts, end: message.at + message.size });
  }
  return undefined;
}

interface AttributeParts {
  readonly name: string;
  readonly typeAt: number;
  readonly shapeAt: number;
  readonly valuesAt: number;
}

/** Where the parts of an attribute lie (section IV.A.2.m): in version 1 each begins at a multiple of eight. */
function partsOf(bytes: FileBytes, { at }: Message): AttributeParts {
  const version = bytes.byte(at);
  if (version < 1 || version > 3)
    throw damaged(bytes.file, { field: `byte ${at}`, problem: `an attribute of version ${version}` });
  if (version > 1 && bytes.byte(at + 1) !== 0) throw notRead(bytes.file, `byte ${at}`, 'a shared type');
  const sizes = [bytes.word(at + 2), bytes.word(at + 4), bytes.word(at + 6)] as const;
  const [nameBytes, typeBytes, shapeBytes] = version === 1 ? sizes.map((size) => 8 * Math.ceil(size / 8)) : sizes;
  const nameAt = at + (version === 3 ? 9 : 8);
  const typeAt = nameAt + nameBytes!;
  const shapeStart = typeAt + typeBytes!;
  return { name: bytes.text(nameAt, sizes[0]), typeAt, shapeAt: shapeStart, valuesAt: shapeStart + shapeBytes! };
}

function textsOf(bytes: FileBytes, parts: AttributeParts & { readonly end: number }): readonly string[] {
  const { name, valuesAt, end } = parts;
  const shape = shapeAt(bytes, parts.shapeAt);
  const count = elementsOf(shape);
  // A list without elements is written as one of numbers.
  if (count === 0) return [];
  const type = dataTypeAt(bytes, parts.typeAt);
  if (type.kind === 'number' || shape.length > 1)
    throw damaged(bytes.file, { field: name, problem: 'it is not a list of texts' });
  const step = type.kind === 'text' ? type.bytes : heapReferenceBytes;
  if (step === 0 || count * step > end - valuesAt)
    throw damaged(bytes.file, { field: name, problem: 'the list is longer than the place that it has' });
  const heaps = rememberHeaps(bytes);
  return Array.from({ length: count }, (_, index) => {
    const at = valuesAt + index * step;
    const text = type.kind === 'text' ? bytes.text(at, step) : heaps(at);
    if (text.length <= checkpointLimits.nameLength) return text;
    throw damaged(bytes.file, { field: name, problem: `a name of ${text.length} letters` });
  });
}

/** Reads texts by their reference: length, address of a heap and number in it (section III.E). Each heap is listed once. */
function rememberHeaps(bytes: FileBytes): (reference: number) => string {
  const known = new Map<number, ReadonlyMap<number, number>>();
  return (reference) => {
    const heap = bytes.whole(reference + 4);
    const places = known.get(heap) ?? placesInHeap(bytes, heap);
    known.set(heap, places);
    const at = places.get(bytes.long(reference + 12));
    if (at === undefined)
      throw damaged(bytes.file, { field: `byte ${reference}`, problem: 'the heap has no such text' });
    return bytes.text(at, Math.min(bytes.long(reference), checkpointLimits.nameLength + 1));
  };
}

/** Number → place of each object of a global heap. */
function placesInHeap(bytes: FileBytes, heap: number): ReadonlyMap<number, number> {
  bytes.expectSignature('GCOL', heap);
  const end = heap + Math.min(bytes.whole(heap + 8), bytes.size - heap, mostHeapBytes);
  const places = new Map<number, number>();
  for (let at = heap + 16; at + 16 <= end; ) {
    const number = bytes.word(at);
    if (number === 0) break;
    places.set(number, at + 16);
    at += 16 + 8 * Math.ceil(bytes.whole(at + 8) / 8);
  }
  return places;
}
