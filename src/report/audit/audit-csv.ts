import Papa from 'papaparse';
import type { ResponsePoint } from '../../audit/audit-types.js';
import { reasonOf } from '../../core/outcome.js';
import type { AuditReport } from './audit-report.js';
import { verdictOfCurve } from './verdicts.js';

type Field = string | number | boolean;

/** One line a metric, damage and level, at full precision; an empty field means "no value", and `reason` says why. */
export function renderAuditCsv(report: AuditReport): string {
  const lines = report.metrics.flatMap(({ description, audit }) =>
    audit.curves.flatMap((curve) =>
      curve.points.map((point, index) => ({
        run: report.runId,
        suite: report.suite.id,
        suite_hash: report.suite.hash,
        protocol: report.protocol.id,
        protocol_hash: report.protocol.hash,
        metric: description.id,
        metric_version: audit.metricVersion,
        better: description.direction,
        damage: curve.damageId,
        level_number: index + 1,
        level: point.levelText,
        ...pointFields(point),
        undamaged: audit.undamaged.status === 'ok' ? audit.undamaged.value.value : '',
        span: audit.span.status === 'ok' ? audit.span.value.value : '',
        verdict: verdictOfCurve(curve),
        monotonicity: curve.monotonicity.status === 'ok' ? curve.monotonicity.value : '',
      })),
    ),
  );
  return `${Papa.unparse(lines, { newline: '\n', escapeFormulae: true })}\n`;
}

function pointFields({ outcome, coverage, change }: ResponsePoint): Record<string, Field> {
  const estimate = outcome.status === 'ok' ? outcome.value : undefined;
  const changed = change.status === 'ok' ? change.value : undefined;
  const reason = outcome.status !== 'ok' ? reasonOf(outcome) : change.status !== 'ok' ? reasonOf(change) : '';
  return {
    value: estimate?.value ?? '',
    lower: estimate?.lower ?? '',
    upper: estimate?.upper ?? '',
    difference: changed?.difference.value ?? '',
    difference_lower: changed?.difference.lower ?? '',
    difference_upper: changed?.difference.upper ?? '',
    worsening: changed?.worsening ?? '',
    worsening_in_spans: changed?.spans ?? '',
    adjusted_p_value: changed?.adjustedPValue ?? '',
    noticed: changed?.noticed ?? '',
    clips_scored: coverage.scored,
    clips_total: coverage.total,
    reason,
  };
}
