import { BenchError } from '../core/errors.js';
import { hashOf } from '../core/hash.js';
import { protocolName } from '../core/protocol.js';
import type { ProtocolSpec, RunManifest } from '../core/record.js';
import type { Comparison, Figure, Scores } from '../core/score.js';
import type { Metric } from '../metrics/metric.js';
import { holm } from '../stats/holm.js';
import { compareSystems } from './compare-systems.js';

export interface ComparableRun {
  /** How messages call it. */
  readonly name: string;
  readonly manifest: RunManifest;
  readonly scores: Scores;
}

export interface RunComparison {
  readonly metricId: string;
  readonly systemA: string;
  readonly systemB: string;
  readonly clipCount: number;
  readonly outcome: Comparison['outcome'];
  /** The run (`A` or `B`) whose system is better, where the adjusted p-value is below 0.05. */
  readonly favours?: 'A' | 'B';
}

/**
 * Paired differences between two runs, metric by metric, Holm-corrected over the pairs of each metric. Throws `unlike-runs` where
 * suite, protocol, window, clips or a metric's version differ: such numbers do not mean the same.
 */
export function compareRuns(a: ComparableRun, b: ComparableRun, metricById: (id: string) => Metric): RunComparison[] {
  refuseUnlike(a, b);
  const pairs = systemPairs(a.manifest, b.manifest);
  const shared = a.manifest.spec.metrics.filter(({ id }) => b.manifest.spec.metrics.some((other) => other.id === id));
  return shared.flatMap(({ id }) => compareMetric(metricById(id), { a, b, pairs }));
}

function refuseUnlike(a: ComparableRun, b: ComparableRun): void {
  const [specA, specB] = [a.manifest.spec, b.manifest.spec];
  // Before the suite: window and protocol are part of its hash, and the plainer answers.
  refuse('window', String(specA.window), String(specB.window), b);
  refuse('protocol', protocolText(specA.protocol), protocolText(specB.protocol), b);
  refuse('suite', `${specA.suite.id} ${specA.suite.hash}`, `${specB.suite.id} ${specB.suite.hash}`, b);
  refuse('clips', clipsText(specA), clipsText(specB), b);
  for (const metric of specA.metrics) {
    const other = specB.metrics.find(({ id }) => id === metric.id);
    if (other === undefined) continue;
    refuse(`version of ${metric.id}`, String(metric.version), String(other.version), b);
    refuse(`statistics of ${metric.id}`, metric.contentHash ?? 'none', other.contentHash ?? 'none', b);
  }
}

/** The number for people; the hash tells two choices of as many clips apart. */
function clipsText({ clipIds, suite }: RunManifest['spec']): string {
  const count = `${clipIds.length} of ${suite.clipCount}`;
  return clipIds.length === suite.clipCount ? count : `${count}, ${hashOf(clipIds).slice(0, 10)}`;
}

function protocolText(protocol: ProtocolSpec): string {
  return `${protocolName(protocol)} ${protocol.hash}`;
}

function refuse(field: string, expected: string, got: string, { name }: ComparableRun): void {
  if (expected === got) return;
  throw new BenchError({
    code: 'unlike-runs',
    kind: 'input',
    file: name,
    field,
    problem: 'the two runs do not measure the same',
    expected,
    got,
    remedy: 'Run one of them again under the other’s suite, clips and protocol',
  });
}

/** Same names where there are any; else everything against everything. */
function systemPairs(a: RunManifest, b: RunManifest): [string, string][] {
  const namesB = b.spec.systems.map(({ id }) => id);
  const shared = a.spec.systems.filter(({ id }) => namesB.includes(id)).map(({ id }): [string, string] => [id, id]);
  if (shared.length > 0) return shared;
  return a.spec.systems.flatMap(({ id }) => namesB.map((other): [string, string] => [id, other]));
}

interface MetricPairs {
  readonly a: ComparableRun;
  readonly b: ComparableRun;
  readonly pairs: readonly (readonly [string, string])[];
}

function compareMetric(metric: Metric, { a, b, pairs }: MetricPairs): RunComparison[] {
  const compared = pairs.flatMap(([systemA, systemB]) => {
    const figureA = figureOf(a, metric.id, systemA);
    const figureB = figureOf(b, metric.id, systemB);
    if (figureA === undefined || figureB === undefined) return [];
    const sameSet = (run: ComparableRun, id: string): boolean =>
      run.manifest.spec.systems.some((system) => system.id === id && system.sameSet);
    const [comparison] = compareSystems({
      metric,
      // The two systems may have one name; the order of these names keeps A first.
      figures: [
        { ...figureA, systemId: 'A' },
        { ...figureB, systemId: 'B' },
      ],
      systems: [
        { id: 'A', sameSet: sameSet(a, systemA) },
        { id: 'B', sameSet: sameSet(b, systemB) },
      ],
      rngSeed: 0,
    });
    return comparison === undefined ? [] : [{ systemA, systemB, comparison }];
  });
  const adjusted = holm(
    compared.flatMap(({ comparison: { outcome } }) => (outcome.status === 'ok' ? [outcome.value.pValue] : [])),
  );
  let position = 0;
  return compared.map(({ systemA, systemB, comparison: { clipCount, outcome } }) => {
    const base = { metricId: metric.id, systemA, systemB, clipCount };
    if (outcome.status !== 'ok') return { ...base, outcome };
    const value = { ...outcome.value, adjustedPValue: adjusted[position++] as number };
    const aIsBetter = value.difference.value > 0 === (metric.direction === 'higher');
    const favours =
      value.adjustedPValue < 0.05 && metric.direction !== 'neither'
        ? { favours: aIsBetter ? ('A' as const) : ('B' as const) }
        : {};
    return { ...base, outcome: { ...outcome, value }, ...favours };
  });
}

function figureOf({ scores }: ComparableRun, metricId: string, systemId: string): Figure | undefined {
  return scores.figures.find((figure) => figure.metric.id === metricId && figure.systemId === systemId);
}
