import { damaged, refused } from './damage.js';
import { checkpointLimits } from './limits.js';
import { callOf, isKnownGlobal, storageOf } from './pickle-calls.js';
import { createPickleReader, type PickleReader } from './pickle-reader.js';
import { isKey, isKind, itemsOf, type PickleKey, type PickleList, type PickleValue } from './pickle-values.js';

export interface PickleResult {
  readonly value: PickleValue;
  /** First byte behind the pickle. */
  readonly end: number;
}

/**
 * Runs a pickle (protocols 0 to 5; Lib/pickletools.py of CPython 3.12 describes the operations) that may only build data: every name that
 * it asks for must be one of `pickle-calls`. Throws a BenchError that names the byte for anything else; memory and time are bounded by
 * the length of the pickle.
 */
export function runPickle(
  pickle: Uint8Array,
  { file, start = 0 }: { readonly file: string; readonly start?: number },
): PickleResult {
  const machine = createMachine(createPickleReader(pickle, file, start), file);
  for (;;) {
    const value = machine.step();
    if (value !== undefined) return { value: value.result, end: machine.offset() };
  }
}

interface Machine {
  offset(): number;
  /** The result once the pickle has ended. */
  step(): { readonly result: PickleValue } | undefined;
}

function createMachine(reader: PickleReader, file: string): Machine {
  let stack: PickleValue[] = [];
  const marks: PickleValue[][] = [];
  const memo = new Map<number, PickleValue>();
  let made = 0;
  let at = reader.offset;

  const fault = (problem: string): Error => damaged(file, { field: `byte ${at} of the pickle`, problem });
  const push = (value: PickleValue): void => {
    made++;
    if (made > checkpointLimits.values) throw fault(`it makes more than ${checkpointLimits.values} values`);
    stack.push(value);
  };
  const pop = (): PickleValue => {
    const value = stack.pop();
    if (value === undefined) throw fault('the stack is empty');
    return value;
  };
  const top = (): PickleValue => {
    const value = stack.at(-1);
    if (value === undefined) throw fault('the stack is empty');
    return value;
  };
  const popMark = (): PickleValue[] => {
    const before = marks.pop();
    if (before === undefined) throw fault('there is no mark');
    const items = stack;
    stack = before;
    return items;
  };
  const popMany = (count: number): PickleValue[] => {
    if (stack.length < count) throw fault('the stack is empty');
    return stack.splice(stack.length - count, count);
  };
  const remember = (index: number): void => {
    memo.set(index, top());
  };
  const recall = (index: number): void => {
    const value = memo.get(index);
    if (value === undefined) throw fault(`nothing was remembered as ${index}`);
    push(value);
  };
  const tuple = (items: PickleValue[]): void => push({ kind: 'tuple', items });
  const keyOf = (key: PickleValue): PickleKey => {
    if (isKey(key)) return key;
    throw fault('a key of a dictionary is neither a text nor a number');
  };
  const setItems = (items: readonly PickleValue[]): void => {
    const dict = top();
    if (!isKind(dict, 'dict') || items.length % 2 !== 0) throw fault('items are set in what is not a dictionary');
    for (let index = 0; index < items.length; index += 2) dict.entries.set(keyOf(items[index]!), items[index + 1]!);
  };
  const append = (items: readonly PickleValue[], kind: PickleList['kind']): void => {
    const list = top();
    if (!isKind(list, kind)) throw fault(`items are added to what is not a ${kind}`);
    for (const item of items) list.items.push(item);
  };
  const global = (module: PickleValue, name: PickleValue): void => {
    if (typeof module !== 'string' || typeof name !== 'string') throw fault('a name is not a text');
    const full = `${module}.${name}`;
    if (!isKnownGlobal(full)) {
      throw refused(file, {
        field: `byte ${at} of the pickle`,
        problem: `the file asks for ${JSON.stringify(full.slice(0, 200))}, which is neither a tensor nor a plain container`,
      });
    }
    push({ kind: 'global', name: full, offset: at });
  };
  const reduce = (): void => {
    const args = itemsOf(pop());
    const callee = pop();
    if (args === undefined || !isKind(callee, 'global')) throw fault('what is called is not a function');
    const result = callOf(callee)?.(args);
    if (result === undefined) throw fault(`${callee.name} is called with arguments that PyTorch does not write`);
    push(result);
  };
  const build = (): void => {
    const state = pop();
    const object = top();
    // The state of an OrderedDict is the versions of its modules, that of a dtype its byte order and size: nothing is needed.
    if (isKind(object, 'numpy-type')) return;
    if (!isKind(object, 'dict') || !isKind(state, 'dict')) throw fault('a state is given to what has none');
    if (object.entries.size > 0) return;
    for (const [key, value] of state.entries) if (key !== '_metadata') object.entries.set(key, value);
  };
  const persistent = (id: PickleValue): void => {
    const storage = storageOf(id);
    if (storage === undefined) throw fault('a storage is not described as PyTorch does it');
    push(storage);
  };
  const decimal = (text: string): number | bigint => {
    if (!/^-?\d{1,1000}L?$/.test(text)) throw fault(`${JSON.stringify(text.slice(0, 40))} is no whole number`);
    return plainNumber(BigInt(text.replace('L', '')));
  };
  const float = (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || Number.isNaN(value)) throw fault(`${JSON.stringify(text.slice(0, 40))} is no number`);
    return value;
  };

  const operations: Readonly<Record<number, () => void>> = {
    // MARK, POP, POP_MARK, DUP
    40: () => {
      if (marks.length >= 100_000) throw fault('there are too many marks');
      marks.push(stack);
      stack = [];
    },
    48: () => {
      if (stack.length > 0) stack.pop();
      else popMark();
    },
    49: () => void popMark(),
    50: () => push(top()),
    // PROTO, FRAME
    128: () => {
      const protocol = reader.byte();
      if (protocol > 5) throw fault(`protocol ${protocol} is not known`);
    },
    149: () => void reader.unsigned(8),
    // NONE, NEWTRUE, NEWFALSE
    78: () => push(null),
    136: () => push(true),
    137: () => push(false),
    // INT, BININT, BININT1, BININT2, LONG, LONG1, LONG4
    73: () => {
      const text = reader.line();
      push(text === '01' ? true : text === '00' ? false : decimal(text));
    },
    74: () => push(reader.int32()),
    75: () => push(reader.byte()),
    77: () => push(reader.unsigned(2)),
    76: () => push(decimal(reader.line())),
    138: () => push(plainNumber(reader.long(reader.byte()))),
    139: () => push(plainNumber(reader.long(reader.unsigned(4)))),
    // FLOAT, BINFLOAT
    70: () => push(float(reader.line())),
    71: () => push(reader.float64()),
    // BINSTRING, SHORT_BINSTRING (Python 2), UNICODE, BINUNICODE, SHORT_BINUNICODE, BINUNICODE8
    84: () => push(reader.latin1(reader.unsigned(4))),
    85: () => push(reader.latin1(reader.byte())),
    86: () => push(reader.line()),
    88: () => push(reader.utf8(reader.unsigned(4))),
    140: () => push(reader.utf8(reader.byte())),
    141: () => push(reader.utf8(reader.unsigned(8))),
    // BINBYTES, SHORT_BINBYTES, BINBYTES8
    66: () => push(reader.bytes(reader.unsigned(4)).slice()),
    67: () => push(reader.bytes(reader.byte()).slice()),
    142: () => push(reader.bytes(reader.unsigned(8)).slice()),
    // EMPTY_LIST, APPEND, APPENDS, LIST
    93: () => push({ kind: 'list', items: [] }),
    97: () => append(popMany(1), 'list'),
    101: () => append(popMark(), 'list'),
    108: () => push({ kind: 'list', items: popMark() }),
    // EMPTY_TUPLE, TUPLE, TUPLE1, TUPLE2, TUPLE3
    41: () => tuple([]),
    116: () => tuple(popMark()),
    133: () => tuple(popMany(1)),
    134: () => tuple(popMany(2)),
    135: () => tuple(popMany(3)),
    // EMPTY_DICT, DICT, SETITEM, SETITEMS
    125: () => push({ kind: 'dict', entries: new Map() }),
    100: () => {
      const items = popMark();
      push({ kind: 'dict', entries: new Map() });
      setItems(items);
    },
    115: () => setItems(popMany(2)),
    117: () => setItems(popMark()),
    // EMPTY_SET, ADDITEMS, FROZENSET
    143: () => push({ kind: 'set', items: [] }),
    144: () => append(popMark(), 'set'),
    145: () => push({ kind: 'set', items: popMark() }),
    // GET, BINGET, LONG_BINGET, PUT, BINPUT, LONG_BINPUT, MEMOIZE
    103: () => recall(Number(decimal(reader.line()))),
    104: () => recall(reader.byte()),
    106: () => recall(reader.unsigned(4)),
    112: () => remember(Number(decimal(reader.line()))),
    113: () => remember(reader.byte()),
    114: () => remember(reader.unsigned(4)),
    148: () => remember(memo.size),
    // GLOBAL, STACK_GLOBAL, REDUCE, NEWOBJ, BUILD, BINPERSID
    99: () => global(reader.line(), reader.line()),
    147: () => {
      const [module, name] = popMany(2) as [PickleValue, PickleValue];
      global(module, name);
    },
    82: reduce,
    129: reduce,
    98: build,
    81: () => persistent(pop()),
  };
  return {
    offset: () => reader.offset,
    step() {
      at = reader.offset;
      const code = reader.byte();
      // STOP
      if (code === 0x2e) return { result: pop() };
      const operation = operations[code];
      if (operation === undefined) throw fault(`the operation 0x${code.toString(16).padStart(2, '0')} is not known`);
      operation();
      return undefined;
    },
  };
}

/** As a number where that is exact. */
function plainNumber(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
