import type { StorageReference, TensorView } from './tensor-layout.js';

/** What the machine makes of a pickle: data, and names of things that it may not be asked for. Lists and dictionaries may change. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleList<'list'>
  | PickleList<'tuple'>
  | PickleList<'set'>
  | PickleDict
  | { readonly kind: 'tensor'; readonly view: TensorView }
  | { readonly kind: 'storage'; readonly storage: StorageReference }
  | PickleGlobal
  | PickleNumpyType;

/** Lists, tuples and sets. */
export interface PickleList<Kind extends 'list' | 'tuple' | 'set' = 'list' | 'tuple' | 'set'> {
  readonly kind: Kind;
  readonly items: PickleValue[];
}

export interface PickleDict {
  readonly kind: 'dict';
  readonly entries: Map<PickleKey, PickleValue>;
}

export type PickleKey = null | boolean | number | bigint | string;

/** A name of a module, until something is done with it. `offset` is where it stands in the pickle. */
export interface PickleGlobal {
  readonly kind: 'global';
  readonly name: string;
  readonly offset: number;
}

/** numpy.dtype of one scalar. */
export interface PickleNumpyType {
  readonly kind: 'numpy-type';
  readonly code: string;
}

export function isKind<Kind extends string>(
  value: PickleValue | undefined,
  kind: Kind,
): value is Extract<PickleValue, { readonly kind: Kind }> {
  return typeof value === 'object' && value !== null && 'kind' in value && (value.kind as string) === kind;
}

export function isKey(value: PickleValue): value is PickleKey {
  return value === null || ['boolean', 'number', 'bigint', 'string'].includes(typeof value);
}

/** Items of a list or tuple; undefined for anything else. */
export function itemsOf(value: PickleValue | undefined): PickleValue[] | undefined {
  if (isKind(value, 'tuple')) return value.items;
  return isKind(value, 'list') ? value.items : undefined;
}
