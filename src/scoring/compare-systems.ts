import { type Outcome, ok, reasonOf, skipped } from '../core/outcome.js';
import { seededRng } from '../core/rng.js';
import type { Comparison, Figure } from '../core/score.js';
import type { Metric } from '../metrics/metric.js';
import { holm } from '../stats/holm.js';
import { pairedBootstrapPValue } from '../stats/paired-bootstrap.js';
import type { ScoredSystem } from './feature-lookup.js';
import { meanEstimate } from './mean-estimate.js';
import { setDifference } from './set-difference.js';
import type { SetValues } from './set-values.js';
import { testResamples } from './settings.js';
import { sortedById } from './sorted.js';

type Difference = Extract<Comparison['outcome'], { status: 'ok' }>['value'];
type Unadjusted = Omit<Difference, 'adjustedPValue'>;

export interface ComparisonInput {
  readonly metric: Metric;
  /** One figure a system, all of this metric. */
  readonly figures: readonly Figure[];
  readonly systems: readonly ScoredSystem[];
  readonly rngSeed: number;
  /** Set metrics: recomputes a system on fewer clips, for pairs of systems with different gaps. Left out: such pairs are skipped. */
  readonly recompute?: (systemId: string, clipIds: readonly string[]) => Outcome<SetValues>;
}

/**
 * Every pair of systems on the clips that both have, A before B by id, difference A minus B. Paired metrics: BCa
 * interval and paired bootstrap test of the mean difference. Set metrics: Student's t of the difference. Holm's
 * correction runs over all pairs of the metric that could be compared.
 */
export function compareSystems(input: ComparisonInput): Comparison[] {
  const figures = sortedById(input.figures, ({ systemId }) => systemId);
  const pairs = figures.flatMap((a, index) => figures.slice(index + 1).map((b) => ({ a, b })));
  const compared = pairs.map(({ a, b }) => {
    const clipIds = a.clipIds.filter((clipId) => b.clipIds.includes(clipId));
    return { a, b, clipCount: clipIds.length, outcome: comparePair(input, { a, b, clipIds }) };
  });
  const adjusted = holm(compared.flatMap(({ outcome }) => (outcome.status === 'ok' ? [outcome.value.pValue] : [])));
  let position = 0;
  return compared.map(({ a, b, clipCount, outcome }) => ({
    metric: { id: input.metric.id, version: input.metric.version },
    systemA: a.systemId,
    systemB: b.systemId,
    clipCount,
    outcome: outcome.status === 'ok' ? withAdjusted(outcome, adjusted[position++] as number) : outcome,
  }));
}

function withAdjusted(
  outcome: { readonly value: Unadjusted; readonly warnings?: readonly string[] },
  adjustedPValue: number,
): Outcome<Difference> {
  return ok({ ...outcome.value, adjustedPValue }, outcome.warnings);
}

interface Pair {
  readonly a: Figure;
  readonly b: Figure;
  readonly clipIds: readonly string[];
}

function comparePair(input: ComparisonInput, pair: Pair): Outcome<Unadjusted> {
  for (const figure of [pair.a, pair.b]) {
    if (figure.outcome.status !== 'ok') return skipped(`${figure.systemId}: ${reasonOf(figure.outcome)}`);
    const system = input.systems.find(({ id }) => id === figure.systemId);
    if (system?.sameSet && input.metric.level === 'set' && input.metric.against === 'reference') {
      return skipped(`${figure.systemId} plays the reference recordings: its distance to them is 0 by construction`);
    }
  }
  if (pair.clipIds.length < 2) return skipped(`a comparison needs at least 2 common clips, got ${pair.clipIds.length}`);
  return input.metric.level === 'set' ? compareSets(input, pair) : compareMeans(input, pair);
}

function compareMeans(input: ComparisonInput, { a, b, clipIds }: Pair): Outcome<Unadjusted> {
  const valuesOfB = valuesByClip(b);
  const valuesOfA = valuesByClip(a);
  const differences = clipIds.map((id) => (valuesOfA.get(id) as number) - (valuesOfB.get(id) as number));
  const labels = [input.rngSeed, input.metric.id, a.systemId, b.systemId];
  const difference = meanEstimate(differences, seededRng('difference', ...labels));
  if (difference.status !== 'ok') return difference;
  const rng = seededRng('paired-test', ...labels);
  const pValue = pairedBootstrapPValue(differences, { resamples: testResamples, rng });
  return ok({ difference: difference.value, pValue, test: 'paired-bootstrap' }, difference.warnings);
}

function valuesByClip(figure: Figure): Map<string, number> {
  return new Map(figure.clipIds.map((clipId, index) => [clipId, figure.clipValues[index] as number]));
}

function compareSets(input: ComparisonInput, { a, b, clipIds }: Pair): Outcome<Unadjusted> {
  const valuesOfA = setValuesOn(input, { figure: a, clipIds });
  if (valuesOfA.status !== 'ok') return skipped(`${a.systemId}: ${reasonOf(valuesOfA)}`);
  const valuesOfB = setValuesOn(input, { figure: b, clipIds });
  if (valuesOfB.status !== 'ok') return skipped(`${b.systemId}: ${reasonOf(valuesOfB)}`);
  return setDifference(valuesOfA.value, valuesOfB.value);
}

/** A distance on fewer clips is another number, so a figure's own values only serve when no clip is dropped. */
function setValuesOn(
  input: ComparisonInput,
  { figure, clipIds }: { readonly figure: Figure; readonly clipIds: readonly string[] },
): Outcome<SetValues> {
  if (figure.outcome.status !== 'ok') return figure.outcome;
  if (figure.clipIds.length === clipIds.length) {
    const { value } = figure.outcome.value;
    return ok({ value, replicates: figure.clipValues, method: methodOf(figure), clipCount: clipIds.length });
  }
  return input.recompute?.(figure.systemId, clipIds) ?? skipped('not computed on the common clips');
}

function methodOf({ outcome, clipValues, clipIds }: Figure): SetValues['method'] {
  if (outcome.status === 'ok' && outcome.value.method === 'bootstrap-percentile') return outcome.value.method;
  return clipValues.length < clipIds.length ? 'group-jackknife-t' : 'jackknife-t';
}
