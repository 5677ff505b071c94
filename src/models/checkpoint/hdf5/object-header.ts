import { damaged } from '../damage.js';
import { type FileBytes, notRead } from './file-bytes.js';

/** Types of messages (HDF5 File Format Specification 3.0, section IV.A.2). */
export const messageTypes = {
  dataspace: 0x01,
  datatype: 0x03,
  externalFiles: 0x07,
  layout: 0x08,
  filters: 0x0b,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
} as const;

/** One statement about a group or dataset: where its bytes lie. */
export interface Message {
  readonly type: number;
  readonly at: number;
  readonly size: number;
}

const prefixBytes = 16;
const messagePrefixBytes = 8;
const sharedFlag = 2;
/** Blocks that one header goes on in; a real file has two or three. */
const mostBlocks = 1000;

/** The messages of the object whose header is there: version 1, as h5py writes unless it is told otherwise (section IV.A.1.a). */
export function messagesOf(bytes: FileBytes, address: number): readonly Message[] {
  const field = `byte ${address}`;
  if (bytes.byte(address) !== 1) throw notRead(bytes.file, field, 'an object header that is not of version 1');
  const count = bytes.word(address + 2);
  const blocks = [{ at: address + prefixBytes, size: bytes.long(address + 8) }];
  const messages: Message[] = [];
  for (const { at: start, size } of blocks) {
    for (let at = start; at + messagePrefixBytes <= start + size && messages.length < count; ) {
      const message = { type: bytes.word(at), size: bytes.word(at + 2), at: at + messagePrefixBytes };
      if ((bytes.byte(at + 4) & sharedFlag) !== 0) throw notRead(bytes.file, field, 'a shared message');
      if (message.type === messageTypes.continuation)
        blocks.push({ at: bytes.whole(message.at), size: bytes.whole(message.at + 8) });
      messages.push(message);
      at = message.at + message.size;
    }
    if (blocks.length > mostBlocks) throw damaged(bytes.file, { field, problem: 'the header has too many blocks' });
  }
  return messages;
}

/** The only message of a type. Throws a BenchError where there is none. */
export function messageOf(
  messages: readonly Message[],
  type: number,
  context: { file: string; field: string },
): Message {
  const found = messages.find((message) => message.type === type);
  if (found !== undefined) return found;
  throw damaged(context.file, { field: context.field, problem: `the object has no message of type ${type}` });
}
