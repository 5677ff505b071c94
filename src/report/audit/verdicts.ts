import type { ResponseCurve } from '../../audit/audit-types.js';
import { reasonOf } from '../../core/outcome.js';

export type ResponseVerdict = 'falls' | 'rises' | 'wavers' | 'unmoved' | 'not-measured';

/** From this share of rightly ordered pairs on a response counts as an order; below 1 less this, as the reverse. */
const orderedShare = 0.8;

/**
 * What the metric made of a damage: `falls` where it scores worse the stronger the damage, `rises` where it scores better, `wavers` where it
 * notices without an order, `unmoved` where no level was noticed.
 */
export function verdictOfCurve({ points, monotonicity }: ResponseCurve): ResponseVerdict {
  const changes = points.flatMap(({ change }) => (change.status === 'ok' ? [change.value] : []));
  if (changes.length === 0 || monotonicity.status !== 'ok') return 'not-measured';
  if (!changes.some(({ noticed }) => noticed)) return 'unmoved';
  if (monotonicity.value >= orderedShare) return 'falls';
  return monotonicity.value <= 1 - orderedShare ? 'rises' : 'wavers';
}

/** The verdict in words, with the level from which on the damage is noticed. */
export function verdictText(curve: ResponseCurve): string {
  switch (verdictOfCurve(curve)) {
    case 'falls':
      return curve.noticedFrom === undefined ? 'worse, not at the last level' : `worse from ${curve.noticedFrom}`;
    case 'rises':
      return 'BETTER with damage';
    case 'wavers':
      return 'noticed, without an order';
    case 'unmoved':
      return 'unmoved';
    case 'not-measured':
      return `not measured: ${missingReason(curve)}`;
  }
}

function missingReason({ points, monotonicity }: ResponseCurve): string {
  for (const { change } of points) if (change.status !== 'ok') return reasonOf(change);
  return monotonicity.status === 'ok' ? 'no level was compared' : reasonOf(monotonicity);
}
