import type { ImportedCard } from './import/imported-card.js';

/** What is shown wherever something made with a model is shown. */
export function licenceLine({
  licence,
  nonCommercial,
  trained,
}: Pick<ImportedCard, 'licence' | 'nonCommercial' | 'trained'>): string {
  const use = nonCommercial ? `${licence} NON-COMMERCIAL` : licence;
  return trained ? `weights under ${use}` : `UNTRAINED weights by formula under ${use}`;
}
