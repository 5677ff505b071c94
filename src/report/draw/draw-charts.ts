import { ChartJSNodeCanvas } from 'chartjs-node-canvas';
import { chartHeightPx, metricChart } from '../charts.js';
import type { Leaderboard } from '../leaderboard-types.js';

export interface DrawnChart {
  readonly metricId: string;
  readonly png: Uint8Array;
}

export const chartWidthPx = 900;
/** Twice the pixels, for print and sharp screens. */
export const pixelRatio = 2;

/** The page's charts as PNG on white, one a metric, `pixelRatio * chartWidthPx` wide. */
export function drawCharts(leaderboard: Leaderboard): DrawnChart[] {
  const canvas = new ChartJSNodeCanvas({
    width: chartWidthPx,
    height: chartHeightPx(leaderboard),
    backgroundColour: '#ffffff',
  });
  return leaderboard.columns.map(({ id }) => {
    const chart = metricChart(leaderboard, id, 'light');
    const options = { ...chart.options, devicePixelRatio: pixelRatio };
    // The asynchronous calls need node-canvas' callbacks, which the canvas used here does not have.
    return { metricId: id, png: canvas.renderToBufferSync({ ...chart, options }) };
  });
}
