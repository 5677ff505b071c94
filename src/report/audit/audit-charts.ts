import type { ChartConfiguration, ChartDataset } from 'chart.js';
import type { MetricAudit, ResponseCurve } from '../../audit/audit-types.js';
import type { ChartTheme } from '../charts.js';
import { betterOf } from '../format.js';
import type { AuditedMetric, AuditReport } from './audit-report.js';

export const auditChartHeightPx = 420;

/** Colours that stay apart for most kinds of colour blindness (Okabe & Ito 2008), then once more with dashes. */
const lineColours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];

const inks: Readonly<Record<ChartTheme, { ink: string; muted: string; grid: string }>> = {
  light: { ink: '#1d2021', muted: '#5d625f', grid: '#e6e3dc' },
  dark: { ink: '#e9e7e1', muted: '#a3a8a4', grid: '#30363a' },
};

const font = { family: 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif', size: 13 };

/**
 * The metric's answer to every damage, from undamaged (0) to its worst level: worsening in parts of the metric's span, or in its own unit
 * where it has none. Above 0 is worse.
 */
export function responseChart(
  report: AuditReport,
  metric: AuditedMetric,
  theme: ChartTheme = 'light',
): ChartConfiguration {
  const { audit, description } = metric;
  const most = Math.max(...report.damages.map(({ levels }) => levels.length));
  const unit = audit.span.status === 'ok' ? 'spans of the metric' : (description.unit ?? 'the metric’s own unit');
  return {
    type: 'line',
    data: {
      labels: ['undamaged', ...Array.from({ length: most }, (_, level) => `level ${level + 1}`)],
      datasets: audit.curves.map((curve, index) => responseLine(report, curve, index)),
    },
    options: lineOptions({
      theme,
      x: 'Level of damage, mildest first',
      y: `Worsening, in ${unit}`,
      title: `${description.title}: ${betterOf(description.direction)}`,
    }),
  };
}

function responseLine(report: AuditReport, { damageId, points }: ResponseCurve, index: number): ChartDataset<'line'> {
  const values = points.map(({ change }) =>
    change.status === 'ok' ? (change.value.spans ?? change.value.worsening) : null,
  );
  return {
    label: report.damages.find(({ id }) => id === damageId)?.title ?? damageId,
    data: [0, ...values],
    ...lineStyle(index),
  };
}

function lineStyle(index: number): Partial<ChartDataset<'line'>> {
  const colour = lineColours[index % lineColours.length] as string;
  return {
    borderColor: colour,
    backgroundColor: colour,
    borderDash: index < lineColours.length ? [] : [6, 4],
    borderWidth: 2,
    pointRadius: 3,
    pointStyle: index < lineColours.length ? 'circle' : 'rectRot',
    spanGaps: false,
  };
}

/** Real music against real music by the number of clips, or undefined for metrics that have no such curve. */
export function sampleSizeChart(
  { audit, description }: AuditedMetric,
  theme: ChartTheme = 'light',
): ChartConfiguration | undefined {
  if (audit.sampleSize.status !== 'ok') return undefined;
  const { points } = audit.sampleSize.value;
  return {
    type: 'line',
    data: {
      labels: points.map(({ clipCount }) => String(clipCount)),
      datasets: [
        {
          label: 'Real music',
          data: points.map(({ outcome }) => (outcome.status === 'ok' ? outcome.value : null)),
          ...lineStyle(0),
        },
      ],
    },
    options: lineOptions({
      theme,
      x: 'Clips',
      y: description.unit ?? 'Value',
      title: `${description.title} of real music by the number of clips`,
    }),
  };
}

function lineOptions(text: {
  readonly theme: ChartTheme;
  readonly x: string;
  readonly y: string;
  readonly title: string;
}): NonNullable<ChartConfiguration['options']> {
  const { ink, muted, grid } = inks[text.theme];
  const axis = (title: string): object => ({
    grid: { color: grid },
    border: { display: false },
    ticks: { color: muted, font },
    title: { display: true, text: title, color: muted, font },
  });
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    color: ink,
    font,
    interaction: { mode: 'nearest', intersect: true },
    scales: { x: axis(text.x), y: axis(text.y) },
    plugins: {
      title: { display: true, text: text.title, color: ink, font: { ...font, weight: 'bold' } },
      legend: { position: 'bottom', labels: { color: muted, font, usePointStyle: true, boxHeight: 8, padding: 12 } },
    },
  };
}

/** File name of a metric's plots. */
export function plotName({ metricId }: Pick<MetricAudit, 'metricId'>, kind: 'responses' | 'sample-size'): string {
  return `${metricId.replace(/[^A-Za-z0-9._-]/g, '_')}.${kind}.png`;
}
