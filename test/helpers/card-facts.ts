import type { CardFacts } from '../../src/models/import/imported-card.js';

/** Facts of a model that exists in tests only. */
export const cardFacts: CardFacts = {
  id: 'test-model',
  title: 'Test model',
  origin: 'https://example.org/model',
  revision: '1',
  licence: 'MIT',
  nonCommercial: false,
  citation: 'Nobody 2020',
  frontEnd: 'log-mel',
};
