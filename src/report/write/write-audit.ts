import { join } from 'node:path';
import { writeFileAtomic } from '../../store/atomic-file.js';
import { plotName, responseChart, sampleSizeChart } from '../audit/audit-charts.js';
import { renderAuditCsv } from '../audit/audit-csv.js';
import { renderAuditPage } from '../audit/audit-page.js';
import type { AuditReport } from '../audit/audit-report.js';
import { drawLineChart } from '../draw/draw-line-chart.js';
import { readChartLibrary } from './chart-library.js';

/** The names of an audit's files inside its folder. */
export const auditFiles = { html: 'audit.html', csv: 'audit.csv', json: 'audit.json', charts: 'charts' } as const;

/** Writes audit.json, audit.csv, a PNG for each plot, and last the page. Each file is replaced whole. Returns the paths. */
export async function writeAudit(folder: string, report: AuditReport): Promise<string[]> {
  const chartLibrary = await readChartLibrary();
  const files: [string, string | Uint8Array][] = [
    [auditFiles.json, `${JSON.stringify(report, null, 2)}\n`],
    [auditFiles.csv, renderAuditCsv(report)],
    ...plots(report),
    [auditFiles.html, renderAuditPage({ report, chartLibrary })],
  ];
  for (const [name, data] of files) await writeFileAtomic(join(folder, name), data);
  return files.map(([name]) => join(folder, name));
}

function plots(report: AuditReport): [string, Uint8Array][] {
  return report.metrics.flatMap((metric): [string, Uint8Array][] => {
    const path = (kind: 'responses' | 'sample-size'): string => `${auditFiles.charts}/${plotName(metric.audit, kind)}`;
    const sizes = sampleSizeChart(metric);
    return [
      [path('responses'), drawLineChart(responseChart(report, metric))],
      ...(sizes === undefined ? [] : [[path('sample-size'), drawLineChart(sizes)] as [string, Uint8Array]]),
    ];
  });
}
