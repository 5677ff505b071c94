import { BenchError } from '../core/errors.js';
import { type Numerics, type Protocol, protocolName } from '../core/protocol.js';
import { inCompat, protocolById, protocols } from '../core/protocols/index.js';
import type { Suite } from '../core/suite.js';
import { metrics as known, metricById } from '../metrics/index.js';
import { type Metric, underNumerics } from '../metrics/metric.js';
import type { RunOptions } from './run-options.js';

/** The protocol that the options name; undefined where they leave it to the suite. Refused where it would leave nothing to measure. */
export function requestedProtocol({
  protocol: id,
  compat,
  metrics,
}: Pick<RunOptions, 'protocol' | 'compat' | 'metrics'>): Protocol | undefined {
  if (id !== undefined) {
    const protocol = compat === true ? inCompat(protocolById(id)) : protocolById(id);
    if (metrics === undefined && protocol.metrics.length > 0) measuredOf(protocol);
    return protocol;
  }
  if (compat !== true) return undefined;
  throw new BenchError({
    code: 'compat-without-protocol',
    kind: 'usage',
    problem: '--compat says how a protocol is taken, and none is named',
    remedy: 'Name it with --protocol',
  });
}

/** The protocol that a suite names itself. */
export function protocolOfSuite(suite: Pick<Suite, 'id' | 'protocol'>): Protocol {
  const found = protocols.find(({ id }) => id === suite.protocol);
  if (found !== undefined) return found;
  throw new BenchError({
    code: 'protocol-not-found',
    kind: 'input',
    file: `suite ${suite.id}`,
    field: 'protocol',
    problem: 'is not a protocol of this version',
    expected: protocols.map(({ id }) => id).join(', '),
    got: suite.protocol,
  });
}

export interface SelectedMetrics {
  readonly metrics: readonly Metric[];
  /** In place of the suite's, which the protocol's own metrics need not have. */
  readonly primaryMetric?: string;
  /** What readers of the run must know of the choice. */
  readonly notes: readonly string[];
}

export interface MetricChoice {
  /** Ids that the user gave. */
  readonly given: readonly string[] | undefined;
  readonly protocol: Protocol;
  /** False: the suite brought the protocol, and so the metrics too. */
  readonly isRequested: boolean;
  readonly ofSuite: readonly string[];
}

/** The user's metrics, else those of a protocol that was asked for, else the suite's. */
export function selectMetrics({ given, protocol, isRequested, ofSuite }: MetricChoice): SelectedMetrics {
  const isOwn = given === undefined && isRequested && protocol.metrics.length > 0;
  const chosen = isOwn ? measuredOf(protocol) : (given ?? ofSuite).map(metricById);
  const notes = [...(isOwn ? notMeasuredNote(protocol) : []), ...compatNote(protocol, chosen)];
  return { metrics: chosen, notes, ...(isOwn ? { primaryMetric: chosen[0]!.id } : {}) };
}

/** Those of a protocol's metrics that this version has, in its order. Throws a usage error where it has none of them. */
function measuredOf(protocol: Protocol): Metric[] {
  const measured = protocol.metrics.flatMap((id) => known.find((metric) => metric.id === id) ?? []);
  if (measured.length > 0) return measured;
  throw new BenchError({
    code: 'no-metric-of-protocol',
    kind: 'usage',
    problem: `none of the metrics of the protocol ${protocolName(protocol)} is measured by this version`,
    expected: protocol.metrics.join(', '),
    remedy: 'Give others with --metrics; `bench metrics` lists them',
  });
}

/** What the protocol's tool publishes and this version does not measure, with reasons. */
export function notMeasured(protocol: Pick<Protocol, 'metrics' | 'notMeasured'>): Protocol['notMeasured'] {
  const missing = protocol.metrics.filter((id) => !known.some((metric) => metric.id === id));
  return [...protocol.notMeasured, ...missing.map((name) => ({ name, reason: 'this version has no such metric' }))];
}

function notMeasuredNote(protocol: Protocol): string[] {
  const parts = notMeasured(protocol).map(({ name, reason }) => `${name} (${reason})`);
  return parts.length === 0 ? [] : [`not measured of ${protocolName(protocol)}: ${parts.join('; ')}`];
}

function compatNote(protocol: Protocol, chosen: readonly Metric[]): string[] {
  if (protocol.compat !== true) return [];
  const correct = protocolById(protocol.id).numerics;
  const changed = chosen.filter((metric) => functionOf(metric, correct) !== functionOf(metric, protocol.numerics));
  const which = changed.length === 0 ? 'none of these metrics' : changed.map(({ id }) => id).join(', ');
  return [`known bugs of the tool are reproduced (--compat); they change ${which}`];
}

/** Equal for numerics that make no difference to the metric. */
function functionOf(metric: Metric, numerics: Numerics): unknown {
  const under = underNumerics(metric, numerics);
  if (under.level === 'set') return under.compute;
  return under.level === 'paired' ? under.compare : under.measure;
}
