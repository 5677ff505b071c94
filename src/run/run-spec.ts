import { hashOf } from '../core/hash.js';
import { type Protocol, protocolHash } from '../core/protocol.js';
import type { MetricSpec, ModelSpec, ProtocolSpec, RunSpec, SystemSpec } from '../core/record.js';
import type { Suite } from '../core/suite.js';
import { modelIdOf, withEncodersBehind } from '../encoders/imported/index.js';
import { type Metric, targetNeedsOf } from '../metrics/metric.js';

export interface RunRequest {
  readonly suite: Suite;
  readonly suiteHash: string;
  readonly protocol: Protocol;
  readonly systems: readonly SystemSpec[];
  readonly metrics: readonly Metric[];
  readonly clipIds: readonly string[];
  readonly seeds: readonly number[];
  readonly window: number | 'full';
  /** Imported networks that the metrics read; left out: none. */
  readonly models?: readonly ModelSpec[];
  /** What computes those; left out: the CPU. */
  readonly computedBy?: string;
}

/** The request as a record: sorted, so that the order of options does not make another run. */
export function buildRunSpec(request: RunRequest): RunSpec {
  const { suite, protocol, models = [], computedBy = 'cpu' } = request;
  return {
    schemaVersion: 1,
    suite: { id: suite.id, version: suite.version, hash: request.suiteHash, clipCount: testClipIds(suite).length },
    protocol: protocolSpec(protocol),
    clipIds: [...request.clipIds].sort(),
    systems: request.systems,
    metrics: request.metrics.map((metric) => metricSpec(metric, models)),
    ...(models.length === 0 ? {} : { models }),
    ...(models.length === 0 || computedBy === 'cpu' ? {} : { computedBy }),
    seeds: [...request.seeds].sort((a, b) => a - b),
    window: request.window,
  };
}

function protocolSpec(protocol: Protocol): ProtocolSpec {
  const { id, version, status, compat } = protocol;
  return { id, version, status, ...(compat === undefined ? {} : { compat }), hash: protocolHash(protocol) };
}

function metricSpec(metric: Metric, models: readonly ModelSpec[]): MetricSpec {
  const { id, version, contentHash } = metric;
  const untrained = models.filter(({ trained }) => !trained).map((model) => model.id);
  const isUntrained = encodersOf(metric).some((encoder) => untrained.includes(modelIdOf(encoder)));
  return {
    ...{ id, version },
    ...(isUntrained ? { untrained: true } : {}),
    ...(contentHash === undefined ? {} : { contentHash }),
  };
}

/** Ids of the encoders that a metric reads, and of those behind them. Annotations come from the suite, not from an encoder. */
export function encodersOf(metric: Metric): string[] {
  const sources = ['reference', 'video', 'caption'] as const;
  const needs = [metric.need, ...sources.flatMap((source) => targetNeedsOf(metric, source))];
  return needs.flatMap(({ encoder }) => withEncodersBehind(encoder));
}

/** The folder name of a run: equal requests share it, and so find each other's work. */
export function runIdOf(spec: RunSpec): string {
  return `${spec.suite.id}-${hashOf(spec).slice(0, 10)}`;
}

export function testClipIds(suite: Suite): string[] {
  return suite.clips
    .filter((clip) => clip.split === 'test')
    .map((clip) => clip.id)
    .sort();
}

/** Why a run with this spec may not stand in a ranking; empty when it may. */
export function partialReasonsOf(spec: RunSpec): string[] {
  const { clipIds, suite, models = [] } = spec;
  const untrained = models.filter(({ trained }) => !trained).map(({ id }) => id);
  const limited = clipIds.length < suite.clipCount ? [`limited to ${clipIds.length} of ${suite.clipCount} clips`] : [];
  return untrained.length === 0
    ? limited
    : [...limited, `UNTRAINED weights, whose figures mean nothing: ${untrained.join(', ')}`];
}
