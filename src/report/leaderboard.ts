import { BenchError } from '../core/errors.js';
import type { GenerationRecord, RunManifest, SystemSpec } from '../core/record.js';
import type { ClipScore, Figure, Scores } from '../core/score.js';
import type { Suite } from '../core/suite.js';
import { cellOf } from './cells.js';
import { clipEntries } from './clip-entries.js';
import { comparisonRows } from './comparison-rows.js';
import type { Column, Leaderboard, LeaderboardSuite, MetricDescription, Row } from './leaderboard-types.js';
import { notesOf } from './notes.js';
import { partialOf } from './partial.js';
import { type ColumnRanks, ranksOf } from './ranks.js';
import { orderRows } from './row-order.js';
import { verdictOf } from './verdict.js';
import { yardsticksOf } from './yardsticks.js';

export interface LeaderboardInput {
  readonly manifest: RunManifest;
  readonly suite: Pick<Suite, 'title' | 'licence' | 'citation' | 'primaryMetric'>;
  readonly scores: Scores;
  readonly generations: readonly GenerationRecord[];
  readonly clipScores: readonly ClipScore[];
  /** Of every metric of the run, in any order; `metrics` itself fits. */
  readonly metricDescriptions: readonly MetricDescription[];
}

/**
 * Everything that a report shows, from the records of a run. A figure that is absent from the scores becomes a
 * skipped cell. Throws `metric-not-described` where the run names a metric that has no description.
 */
export function buildLeaderboard(input: LeaderboardInput): Leaderboard {
  const { manifest, scores } = input;
  const { spec } = manifest;
  const partial = partialOf(manifest);
  const metrics = spec.metrics.map(({ id }) => describedMetric(id, input.metricDescriptions));
  const ranks = ranksOf({ metrics, scores, systems: spec.systems, partial });
  const columns = metrics.map((metric) => columnOf(metric, input));
  const unordered = spec.systems.map((system) => rowOf(system, { columns, scores, ranks }));
  const rows = orderRows(
    unordered,
    metrics.find(({ id }) => id === input.suite.primaryMetric),
  );
  const primary = columns.find((column) => column.isPrimary);
  return {
    schemaVersion: 1,
    runId: manifest.id,
    suite: suiteOf(input),
    protocol: spec.protocol,
    window: spec.window,
    seeds: spec.seeds,
    clipCount: spec.clipIds.length,
    partial,
    warnings: manifest.warnings,
    verdict: verdictOf({
      rows,
      primaryMetric: input.suite.primaryMetric,
      metricTitle: primary?.title ?? input.suite.primaryMetric,
      partial,
    }),
    primaryMetric: input.suite.primaryMetric,
    columns,
    rows,
    comparisons: comparisonRows(scores.comparisons, metrics),
    notes: notesOf({ rows, columns }),
    clips: clipEntries({
      clipIds: spec.clipIds,
      systemIds: rows.map(({ systemId }) => systemId),
      seeds: spec.seeds,
      metricIds: metricsOfClips(metrics, input.clipScores),
      generations: input.generations,
      clipScores: input.clipScores,
    }),
  };
}

/** Those with values of single outputs; a set metric may have them as well. */
function metricsOfClips(metrics: readonly MetricDescription[], clipScores: readonly ClipScore[]): string[] {
  const scored = new Set(clipScores.map(({ metric }) => metric.id));
  return metrics.filter(({ id, level }) => level !== 'set' || scored.has(id)).map(({ id }) => id);
}

function describedMetric(id: string, descriptions: readonly MetricDescription[]): MetricDescription {
  const found = descriptions.find((description) => description.id === id);
  if (found !== undefined) return found;
  throw new BenchError({
    code: 'metric-not-described',
    kind: 'input',
    problem: `the run has a metric "${id}" that this version does not know`,
    expected: descriptions.map((description) => description.id).join(', '),
    remedy: 'Report the run with the version of bench that made it.',
  });
}

function columnOf(metric: MetricDescription, { suite, scores, manifest }: LeaderboardInput): Column {
  const { id, title, summary, aliases, direction, range, unit, citation, knownFailure, level } = metric;
  // The version of the run, not of the code that reports it.
  const spec = manifest.spec.metrics.find((one) => one.id === id);
  const version = spec?.version ?? metric.version;
  return {
    ...{ id, version, title: spec?.untrained === true ? `${title} [UNTRAINED]` : title },
    ...{ summary, aliases, direction, range, citation, knownFailure, level },
    ...(unit === undefined ? {} : { unit }),
    isPrimary: id === suite.primaryMetric,
    yardsticks: yardsticksOf(scores.baselines.find((baselines) => baselines.metric.id === id)),
  };
}

interface RowContext {
  readonly columns: readonly Column[];
  readonly scores: Scores;
  readonly ranks: readonly ColumnRanks[];
}

function rowOf(system: SystemSpec, { columns, scores, ranks }: RowContext): Row {
  const { id, version, kind, title, summary, sees, sameSet, licenceNotice } = system;
  const figureOf = (metricId: string): Figure | undefined =>
    scores.figures.find((figure) => figure.metric.id === metricId && figure.systemId === id);
  return {
    ...{ systemId: id, version, kind, title, summary, sees, sameSet },
    ...(licenceNotice === undefined ? {} : { licenceNotice }),
    cells: columns.map((column) =>
      cellOf({
        metricId: column.id,
        systemId: id,
        figure: figureOf(column.id),
        baselines: scores.baselines.find(({ metric }) => metric.id === column.id),
        ranks: ranks.find(({ metricId }) => metricId === column.id),
      }),
    ),
  };
}

function suiteOf({ manifest, suite }: LeaderboardInput): LeaderboardSuite {
  const { id, version, hash, clipCount } = manifest.spec.suite;
  const { title, licence, citation } = suite;
  return { id, version, hash, clipCount, title, licence, citation };
}
