import { describe, expect, it } from 'vitest';
import { moodOfTags, msdValence, mttArousal } from '../../../src/metrics/video/tag-mood.js';
import { findModel } from '../../../src/models/catalogue.js';

describe('the columns of the tags', () => {
  it.each([
    ['musicnn-msd', msdValence],
    ['musicnn-mtt', mttArousal],
  ] as const)('are those of the card of %s', (id, { raises, lowers }) => {
    const labels = (findModel(id).card as { readonly labels?: readonly string[] }).labels ?? [];
    expect(labels).toHaveLength(50);
    for (const [tag, column] of Object.entries({ ...raises, ...lowers })) expect(labels[column]).toBe(tag);
  });
});

describe('moodOfTags', () => {
  it('is the mean of what raises less the mean of what lowers, row by row', () => {
    const map = { raises: { a: 0, b: 2 }, lowers: { c: 1 } };
    const tags = { rows: 2, columns: 3, data: [0.5, 0.25, 1, 0, 1, 0] };
    expect([...moodOfTags(tags, map)]).toEqual([0.5, -1]);
  });
});
