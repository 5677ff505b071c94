import type { PlainValue } from './checkpoint.js';
import { damaged } from './damage.js';
import { checkpointLimits } from './limits.js';
import { isKind, itemsOf, type PickleValue } from './pickle-values.js';
import { checkView, type TensorView } from './tensor-layout.js';

/** Tensors and other values of a pickle by their path: keys and numbers of items, joined with dots. */
export interface FlatPickle {
  readonly views: ReadonlyMap<string, TensorView>;
  readonly values: ReadonlyMap<string, PlainValue>;
}

interface Place {
  readonly path: string;
  readonly value: PickleValue;
  readonly depth: number;
}

/**
 * Walks dictionaries and lists down to tensors, texts and numbers. Throws a BenchError for a tree that is too deep (as one that holds
 * itself is), too large once its shared parts are counted each time, or that has two tensors of one name.
 */
export function flattenPickle(root: PickleValue, file: string): FlatPickle {
  const views = new Map<string, TensorView>();
  const values = new Map<string, PlainValue>();
  const open: Place[] = [{ path: '', value: root, depth: 0 }];
  let seen = 0;
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { path, value, depth } = place;
    checkPlace(place, ++seen, file);
    if (isKind(value, 'tensor')) {
      if (views.has(path)) throw damaged(file, { field: path, problem: 'there are two tensors of this name' });
      checkView(value.view, { file, name: path });
      views.set(path, value.view);
      continue;
    }
    const children = childrenOf(value);
    if (children === undefined) values.set(path, plainOf(value));
    else {
      // Backwards, since the last one opened is the next one taken.
      for (const [key, child] of children.reverse())
        open.push({ path: path === '' ? key : `${path}.${key}`, value: child, depth: depth + 1 });
    }
  }
  return { views, values };
}

function checkPlace({ path, depth }: Place, seen: number, file: string): void {
  const { depth: mostDepth, values, nameLength } = checkpointLimits;
  const field = path.slice(0, 200) || 'the outermost value';
  if (depth > mostDepth) throw damaged(file, { field, problem: `values are nested more than ${mostDepth} deep` });
  if (seen > values) throw damaged(file, { field, problem: `the file has more than ${values} values` });
  if (path.length > nameLength)
    throw damaged(file, { field, problem: `a name has more than ${nameLength} characters` });
}

function childrenOf(value: PickleValue): [string, PickleValue][] | undefined {
  if (isKind(value, 'dict')) return [...value.entries].map(([key, child]) => [String(key), child]);
  const items = isKind(value, 'set') ? value.items : itemsOf(value);
  return items?.map((item, index) => [String(index), item]);
}

/** Names and storages that nothing was made of are told by their names. */
function plainOf(value: PickleValue): PlainValue {
  if (isKind(value, 'global')) return value.name;
  if (isKind(value, 'numpy-type')) return `numpy.dtype(${value.code})`;
  if (isKind(value, 'storage')) return `storage ${value.storage.key}`;
  return value as Exclude<PickleValue, { readonly kind: string }>;
}
