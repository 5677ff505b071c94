/** Parts of a pickle, written as CPython and PyTorch write them (protocol 2), or against all rules. */
export type PicklePart = number | string | Uint8Array | readonly PicklePart[];

/** Bytes in order: a number is one byte, a text its latin-1 bytes. */
export function bytesOf(...parts: readonly PicklePart[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'number') return Buffer.from([part]);
      if (typeof part === 'string') return Buffer.from(part, 'latin1');
      return part instanceof Uint8Array ? Buffer.from(part) : Buffer.from(bytesOf(...part));
    }),
  );
}

/** PROTO 2, the parts, STOP. */
export function pickle(...parts: readonly PicklePart[]): Uint8Array {
  return bytesOf('\x80\x02', ...parts, '.');
}

export function text(value: string): PicklePart {
  const bytes = Buffer.from(value, 'utf8');
  return ['X', uint32(bytes.length), bytes];
}

export function integer(value: number): PicklePart {
  if (value >= 0 && value < 256) return ['K', value];
  if (Math.abs(value) >= 2 ** 31) return long(BigInt(value));
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return ['J', bytes];
}

export function long(value: bigint): PicklePart {
  const bytes: number[] = [];
  for (let rest = value; bytes.length < 20; rest >>= 8n) bytes.push(Number(BigInt.asUintN(8, rest)));
  return ['\x8a', bytes.length, Uint8Array.from(bytes)];
}

/** c MODULE\nNAME\n */
export function global(module: string, name: string): PicklePart {
  return ['c', module, '\n', name, '\n'];
}

export function tuple(...items: readonly PicklePart[]): PicklePart {
  return ['(', ...items, 't'];
}

export function dict(entries: Readonly<Record<string, PicklePart>>): PicklePart {
  return ['}', '(', ...Object.entries(entries).map(([key, value]) => [text(key), value]), 'u'];
}

/** An OrderedDict as a state_dict is one: called without arguments, filled, given its `_metadata`. */
export function orderedDict(entries: Readonly<Record<string, PicklePart>>): PicklePart {
  const items = Object.entries(entries).map(([key, value]) => [text(key), value]);
  return [global('collections', 'OrderedDict'), ')', 'R', '(', ...items, 'u', dict({ _metadata: dict({}) }), 'b'];
}

export function call(callee: PicklePart, ...args: readonly PicklePart[]): PicklePart {
  return [callee, tuple(...args), 'R'];
}

export function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}
