import type { Generator } from '../generate/generator.js';

/** The oracle: the clip's own music, untouched. The best that a metric's rule can give, and a check of the pipeline. */
export const reference: Generator<'reference'> = {
  id: 'reference',
  version: 1,
  title: 'Reference (oracle)',
  summary: "The clip's own music, unchanged",
  sees: ['reference'],
  sameSet: true,
  generate: async ({ views }) => views.reference,
};
