import { expect, it } from 'vitest';
import { editDistance, nearestNames } from '../../src/core/nearest-names.js';

it('counts inserted, removed and replaced characters', () => {
  expect(editDistance('kitten', 'sitting')).toBe(3);
  expect(editDistance('', 'abc')).toBe(3);
  expect(editDistance('same', 'same')).toBe(0);
});

it('lists the nearest names first and leaves out what has nothing in common', () => {
  const known = ['recall-musicnn', 'precision-musicnn', 'av-align'];
  expect(nearestNames('recal-musicn', known)).toEqual(['recall-musicnn', 'precision-musicnn']);
  expect(nearestNames('AV-Align', known)[0]).toBe('av-align');
  expect(nearestNames('zzzzzzzzzz', known)).toEqual([]);
});
