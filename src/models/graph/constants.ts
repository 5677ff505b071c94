import type { ElementType, SmallInitializer, Value } from './graph.js';

type Unnamed = Omit<SmallInitializer, 'name'>;

/** Constants up to this many elements are compared with the earlier ones; shapes and axes repeat all the time. */
const longestShared = 16;

/** Stores a constant once for all equal ones of a graph. */
export function createConstants(): (
  data: SmallInitializer['data'],
  options: { readonly type?: ElementType; readonly shape?: readonly number[]; readonly name?: string },
  store: (constant: Unnamed) => Value,
) => Value {
  const stored = new Map<string, Value>();
  return (data, options, store) => {
    const { type = typeOf(data), shape = [data.length] } = options;
    const count = shape.reduce((product, length) => product * length, 1);
    if (count !== data.length)
      throw new TypeError(`a constant of shape [${shape}] needs ${count} values, got ${data.length}`);
    const constant: Unnamed = { kind: 'constant', type, shape, data };
    if (options.name !== undefined || data.length > longestShared) return store(constant);
    const key = `${type} ${shape} ${Array.from(data as ArrayLike<number | bigint>, textOf)}`;
    const value = stored.get(key) ?? store(constant);
    stored.set(key, value);
    return value;
  };
}

/** Tells -0 from 0, which division does too. */
function textOf(value: number | bigint): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function typeOf(data: SmallInitializer['data']): ElementType {
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof Float64Array) return 'float64';
  if (data instanceof BigInt64Array) return 'int64';
  return data instanceof Int32Array ? 'int32' : 'uint8';
}
