import { join } from 'node:path';
import type { Clip } from '../../core/clip.js';
import { writeFileAtomic } from '../../store/atomic-file.js';
import { renderCsv } from '../csv.js';
import { drawCharts } from '../draw/draw-charts.js';
import { renderHtml } from '../html/page.js';
import { renderJson } from '../json.js';
import type { Leaderboard } from '../leaderboard-types.js';
import { renderMarkdown } from '../markdown.js';
import type { Provenance } from '../provenance.js';
import { readChartLibrary } from './chart-library.js';
import { clipMedia } from './clip-media.js';

/** The names of the report's files inside the run folder. */
export const reportFiles = {
  html: 'report.html',
  csv: 'leaderboard.csv',
  json: 'leaderboard.json',
  markdown: 'leaderboard.md',
  charts: 'charts',
} as const;

export interface ReportInput {
  /** The run folder; the paths of generated audio are inside it. */
  readonly folder: string;
  readonly leaderboard: Leaderboard;
  readonly provenance: Provenance;
  /** The clips of the run, with their media where it lies now. */
  readonly clips: readonly Clip[];
}

/**
 * Writes report.html, leaderboard.csv, .json, .md and charts/METRIC.png. Each file is replaced whole; the page comes
 * last, so a page that is there has everything beside it. Returns the paths written.
 */
export async function writeReport({ folder, leaderboard, provenance, clips }: ReportInput): Promise<string[]> {
  const media = clipMedia(clips, { folder, window: leaderboard.window });
  const chartLibrary = await readChartLibrary();
  const charts = drawCharts(leaderboard).map(({ metricId, png }): [string, Uint8Array] => [chartPath(metricId), png]);
  const files: [string, string | Uint8Array][] = [
    [reportFiles.json, renderJson(leaderboard)],
    [reportFiles.csv, renderCsv(leaderboard)],
    [reportFiles.markdown, renderMarkdown(leaderboard)],
    ...charts,
    [reportFiles.html, renderHtml({ leaderboard, provenance, media, chartLibrary })],
  ];
  for (const [name, data] of files) await writeFileAtomic(join(folder, name), data);
  return files.map(([name]) => join(folder, name));
}

function chartPath(metricId: string): string {
  return `${reportFiles.charts}/${metricId.replace(/[^A-Za-z0-9._-]/g, '_')}.png`;
}
