import type { AuditedDamage, MetricAudit } from '../../audit/audit-types.js';
import type { RunManifest } from '../../core/record.js';
import type { Suite } from '../../core/suite.js';
import type { MetricDescription } from '../leaderboard-types.js';
import { partialOf } from '../partial.js';

/** An audit as plain data: what audit.json holds and every page shows. */
export interface AuditReport {
  readonly schemaVersion: 1;
  readonly runId: string;
  readonly suite: Pick<Suite, 'id' | 'version' | 'title' | 'licence' | 'citation'> & { readonly hash: string };
  readonly protocol: RunManifest['spec']['protocol'];
  readonly window: number | 'full';
  readonly clipCount: number;
  readonly partial: { readonly isPartial: boolean; readonly reasons: readonly string[] };
  readonly warnings: readonly string[];
  readonly damages: readonly AuditedDamage[];
  readonly metrics: readonly AuditedMetric[];
}

export interface AuditedMetric {
  readonly description: MetricDescription;
  readonly audit: MetricAudit;
}

export interface AuditReportInput {
  readonly manifest: RunManifest;
  readonly suite: Suite;
  readonly damages: readonly AuditedDamage[];
  readonly metrics: readonly AuditedMetric[];
}

/** Holds no times and no paths, so that the same audit again is the same text. */
export function buildAuditReport({ manifest, suite, damages, metrics }: AuditReportInput): AuditReport {
  const { spec, id, warnings } = manifest;
  const { title, licence, citation } = suite;
  return {
    schemaVersion: 1,
    runId: id,
    suite: { id: spec.suite.id, version: spec.suite.version, hash: spec.suite.hash, title, licence, citation },
    protocol: spec.protocol,
    window: spec.window,
    clipCount: spec.clipIds.length,
    partial: partialOf(manifest),
    warnings,
    damages,
    metrics: metrics.map(({ description, audit }) => ({ description: described(description), audit })),
  };
}

/** A metric has functions as well; the record holds what describes it. */
function described(metric: MetricDescription): MetricDescription {
  const { id, version, title, summary, aliases, direction, range, unit, citation, knownFailure, level } = metric;
  const base = { id, version, title, summary, aliases, direction, range, citation, knownFailure, level };
  return unit === undefined ? base : { ...base, unit };
}
