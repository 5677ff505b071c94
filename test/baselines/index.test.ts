import { describe, expect, it } from 'vitest';
import { baselineById, baselines } from '../../src/baselines/index.js';

describe('baselines', () => {
  it('says of each system what it sees and whether it plays the references', () => {
    const facts = baselines.map(({ id, sees, sameSet }) => ({ id, sees, sameSet }));
    expect(facts).toEqual([
      { id: 'reference', sees: ['reference'], sameSet: true },
      { id: 'retrieval', sees: ['frames', 'pool'], sameSet: false },
      { id: 'composer', sees: ['frames'], sameSet: false },
      { id: 'shuffled', sees: ['otherReference'], sameSet: true },
      { id: 'noise', sees: [], sameSet: false },
      { id: 'silence', sees: [], sameSet: false },
    ]);
  });

  it.each(baselines.map((baseline) => [baseline.id, baseline] as const))('finds %s by its id', (id, baseline) => {
    expect(baselineById(id)).toBe(baseline);
  });

  it('names the nearest id when there is none', () => {
    expect(() => baselineById('compser')).toThrow(/compser.*Did you mean composer\?/);
  });
});
