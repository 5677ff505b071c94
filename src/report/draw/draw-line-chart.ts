import type { ChartConfiguration } from 'chart.js';
import { ChartJSNodeCanvas } from 'chartjs-node-canvas';
import { auditChartHeightPx } from '../audit/audit-charts.js';
import { chartWidthPx, pixelRatio } from './draw-charts.js';

/** One plot of an audit as PNG on white, `pixelRatio * chartWidthPx` wide. */
export function drawLineChart(chart: ChartConfiguration): Uint8Array {
  const canvas = new ChartJSNodeCanvas({
    width: chartWidthPx,
    height: auditChartHeightPx,
    backgroundColour: '#ffffff',
  });
  return canvas.renderToBufferSync({ ...chart, options: { ...chart.options, devicePixelRatio: pixelRatio } });
}
