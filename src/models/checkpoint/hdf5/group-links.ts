import { damaged } from '../damage.js';
import { checkpointLimits } from '../limits.js';
import type { FileBytes } from './file-bytes.js';
import { type Message, messageOf, messageTypes } from './object-header.js';

const nodePrefixBytes = 24;
const entryBytes = 40;
/** Of the cache type of an entry that is a link by name. */
const symbolicLink = 2;

/** Names in a group → addresses of the object headers; links by name are left out. The group is a tree of lists of names (sections III.A to III.D). */
export function linksOf(bytes: FileBytes, messages: readonly Message[], field: string): ReadonlyMap<string, number> {
  const { file } = bytes;
  const table = messageOf(messages, messageTypes.symbolTable, { file, field });
  const heap = bytes.whole(table.at + 8);
  bytes.expectSignature('HEAP', heap);
  const names = { start: bytes.whole(heap + 24), size: bytes.whole(heap + 8) };
  const links = new Map<string, number>();
  for (const node of leavesOf(bytes, bytes.whole(table.at))) {
    bytes.expectSignature('SNOD', node);
    const count = bytes.word(node + 6);
    for (let entry = 0; entry < count; entry++) {
      const at = node + 8 + entry * entryBytes;
      const offset = bytes.whole(at);
      if (bytes.long(at + 16) === symbolicLink) continue;
      const length = Math.min(names.size - offset, checkpointLimits.nameLength);
      links.set(bytes.text(names.start + offset, length), bytes.whole(at + 8));
    }
  }
  return links;
}

/** Addresses of the lists, found from the root of the tree; a node that is met twice is refused, so that the walk ends. */
function leavesOf(bytes: FileBytes, root: number): readonly number[] {
  const leaves: number[] = [];
  const seen = new Set<number>();
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    bytes.expectSignature('TREE', node);
    const level = bytes.byte(node + 5);
    const children = Array.from({ length: bytes.word(node + 6) }, (_, child) =>
      bytes.whole(node! + nodePrefixBytes + 8 + 16 * child),
    );
    for (const child of children) {
      if (seen.has(child))
        throw damaged(bytes.file, { field: `byte ${node}`, problem: 'a group leads back to itself' });
      seen.add(child);
    }
    (level === 0 ? leaves : waiting).push(...children);
  }
  return leaves;
}
