import { describe, expect, it } from 'vitest';
import { itemById } from '../../src/core/item-by-id.js';

const items = [{ id: 'noise' }, { id: 'silence' }];

describe('itemById', () => {
  it('gives the item itself', () => {
    expect(itemById(items, { id: 'silence', noun: 'baseline' })).toBe(items[1]);
  });

  it('names near ids, or all where none is near', () => {
    expect(() => itemById(items, { id: 'nois', noun: 'baseline' })).toThrow(/no baseline 'nois'.*Did you mean noise/s);
    expect(() => itemById(items, { id: 'x'.repeat(30), noun: 'baseline' })).toThrow(/Use one of noise, silence/);
  });
});
