import type { ChartConfiguration, ChartDataset } from 'chart.js';
import { arrowOf, betterOf } from './format.js';
import type { Column, Leaderboard, Row, Yardstick } from './leaderboard-types.js';

export type ChartTheme = 'light' | 'dark';

/** A Chart.js configuration of data only, without functions, so the page can hold it as JSON and a PNG shows the same. */
export type MetricChart = ChartConfiguration;

interface Palette {
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly paper: string;
  readonly system: string;
  readonly sameSet: string;
  readonly yardstick: Readonly<Record<Yardstick['kind'], string>>;
}

const palettes: Readonly<Record<ChartTheme, Palette>> = {
  light: {
    ink: '#1d2021',
    muted: '#5d625f',
    grid: '#e6e3dc',
    paper: '#ffffff',
    system: '#0b6e75',
    sameSet: '#8a8f8b',
    yardstick: { 'real-against-real': '#2f7d32', 'chance-shuffled-pairs': '#b4531a', 'chance-time-shift': '#7a4fb0' },
  },
  dark: {
    ink: '#e9e7e1',
    muted: '#a3a8a4',
    grid: '#30363a',
    paper: '#1a1f22',
    system: '#5cc3c9',
    sameSet: '#8b928e',
    yardstick: { 'real-against-real': '#7cc47f', 'chance-shuffled-pairs': '#e89a64', 'chance-time-shift': '#b999e6' },
  },
};

const fontFamily = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif';

/** Height that gives every system its own line, with room for the axis and the legend. */
export function chartHeightPx(board: Leaderboard): number {
  return 110 + 32 * board.rows.length;
}

/**
 * Values with their intervals, one line a system in the order of the table, and the yardsticks as vertical lines.
 * A system without a value keeps its line, empty. Intervals are thin floating bars, so no plug-in is needed.
 */
export function metricChart(board: Leaderboard, metricId: string, theme: ChartTheme = 'light'): MetricChart {
  const palette = palettes[theme];
  const column = board.columns.find((one) => one.id === metricId);
  if (column === undefined) throw new RangeError(`no column for metric ${metricId}`);
  return {
    type: 'bar',
    data: {
      labels: board.rows.map(labelOf),
      datasets: [values(board, column, palette), intervals(board, column, palette), ...yardstickLines(column, palette)],
    },
    options: chartOptions(column, palette),
  };
}

function labelOf(row: Row): string {
  const title = row.title.length > 34 ? `${row.title.slice(0, 33)}…` : row.title;
  return row.sameSet ? `${title} (same set)` : title;
}

function values(board: Leaderboard, column: Column, palette: Palette): ChartDataset {
  const colours = board.rows.map((row) => (row.sameSet ? palette.sameSet : palette.system));
  return {
    type: 'line',
    label: 'Value',
    data: board.rows.map((row) => estimateOf(row, column)?.value ?? null),
    showLine: false,
    clip: 10,
    pointStyle: 'circle',
    pointRadius: 5,
    pointHoverRadius: 7,
    pointBackgroundColor: board.rows.map((row, index) => (row.sameSet ? palette.paper : (colours[index] as string))),
    pointBorderColor: colours,
    pointBorderWidth: 2,
    order: 1,
  };
}

function intervals(board: Leaderboard, column: Column, palette: Palette): ChartDataset {
  return {
    type: 'bar',
    label: 'Interval',
    data: board.rows.map((row) => {
      const estimate = estimateOf(row, column);
      return estimate === undefined ? null : [estimate.lower, estimate.upper];
    }),
    backgroundColor: board.rows.map((row) => `${row.sameSet ? palette.sameSet : palette.system}88`),
    barThickness: 5,
    grouped: false,
    borderSkipped: false,
    pointStyle: 'rectRounded',
    borderRadius: 2,
    order: 2,
  };
}

/** Each from bottom to top of a hidden axis that runs from 0 to 1. */
function yardstickLines(column: Column, palette: Palette): ChartDataset[] {
  return column.yardsticks.flatMap(({ kind, title, outcome }): ChartDataset[] => {
    if (outcome.status !== 'ok') return [];
    const x = outcome.value.value;
    return [
      {
        type: 'line',
        label: title,
        indexAxis: 'x',
        yAxisID: 'yardstick',
        data: [
          { x, y: 0 },
          { x, y: 1 },
        ],
        showLine: true,
        borderColor: palette.yardstick[kind],
        backgroundColor: palette.yardstick[kind],
        borderWidth: 2,
        borderDash: kind === 'real-against-real' ? [] : kind === 'chance-shuffled-pairs' ? [7, 4] : [2, 3],
        pointRadius: 0,
        pointHitRadius: 6,
        pointStyle: 'line',
        order: 3,
      },
    ];
  });
}

function chartOptions(column: Column, palette: Palette): NonNullable<ChartConfiguration['options']> {
  const font = { family: fontFamily, size: 13 };
  const better = `${column.title} ${arrowOf(column.direction)} ${betterOf(column.direction)}`;
  return {
    indexAxis: 'y',
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    layout: { padding: { left: 4, right: 14 } },
    color: palette.ink,
    font,
    interaction: { mode: 'nearest', intersect: true },
    scales: {
      x: {
        type: 'linear',
        // Dots and intervals need no zero; bars, whose default this overrides, would.
        beginAtZero: false,
        grid: { color: palette.grid },
        border: { display: false },
        ticks: { color: palette.muted, font },
        title: { display: true, text: better, color: palette.muted, font },
      },
      y: {
        type: 'category',
        offset: true,
        grid: { display: false },
        border: { display: false },
        ticks: { color: palette.ink, font, autoSkip: false },
      },
      yardstick: { type: 'linear', axis: 'y', display: false, offset: false, min: 0, max: 1 },
    },
    plugins: {
      legend: {
        position: 'bottom',
        labels: { color: palette.muted, font, usePointStyle: true, pointStyleWidth: 12, boxHeight: 8, padding: 14 },
      },
      tooltip: { displayColors: false, titleFont: font, bodyFont: font },
    },
  };
}

function estimateOf(row: Row, column: Column): { value: number; lower: number; upper: number } | undefined {
  const outcome = row.cells.find(({ metricId }) => metricId === column.id)?.outcome;
  return outcome?.status === 'ok' ? outcome.value : undefined;
}
