import { describe, expect, it } from 'vitest';
import { chartHeightPx, metricChart } from '../../src/report/charts.js';
import { chartWidthPx, drawCharts, pixelRatio } from '../../src/report/draw/draw-charts.js';
import { buildLeaderboard } from '../../src/report/leaderboard.js';
import { sampleRun } from './sample-run.js';

const board = buildLeaderboard(sampleRun());

describe('metricChart', () => {
  it('is data only, so the page and the PNG draw the same', () => {
    const chart = metricChart(board, 'beat-cut-alignment');
    expect(JSON.parse(JSON.stringify(chart))).toEqual(chart);
  });

  it('has a point and an interval a system, empty where there is no value', () => {
    const { datasets, labels } = metricChart(board, 'beat-cut-alignment').data;
    expect(labels?.slice(0, 2)).toEqual(['The references themselves (same set)', 'Nearest neighbour retrieval']);
    expect(datasets[0]?.data).toEqual([0.64, 0.39, 0.71, null, null]);
    expect(datasets[1]?.data[2]).toEqual([0.71 - 0.09, 0.71 + 0.09]);
    expect(datasets[1]?.data[3]).toBeNull();
  });

  it('draws the yardsticks that there are', () => {
    const labels = (metricId: string): unknown =>
      metricChart(board, metricId)
        .data.datasets.slice(2)
        .map((one) => one.label);
    expect(labels('beat-cut-alignment')).toEqual([
      'Real against real',
      'Chance (shuffled pairs)',
      'Chance (time shift)',
    ]);
    expect(labels('frechet-music-distance')).toEqual(['Real against real']);
    expect(labels('loudness-curve')).toEqual([]);
  });

  it('differs between light and dark in colours only', () => {
    const withoutColours = (theme: 'light' | 'dark'): string =>
      JSON.stringify(metricChart(board, 'beat-cut-alignment', theme)).replace(/#[0-9a-f]{6,8}/g, '#');
    expect(withoutColours('dark')).toBe(withoutColours('light'));
    expect(metricChart(board, 'beat-cut-alignment', 'dark')).not.toEqual(
      metricChart(board, 'beat-cut-alignment', 'light'),
    );
  });
});

describe('drawCharts', () => {
  const charts = drawCharts(board);

  it('draws one PNG a metric at the promised size', () => {
    expect(charts.map(({ metricId }) => metricId)).toEqual(board.columns.map(({ id }) => id));
    for (const { png } of charts) {
      const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
      expect(String.fromCharCode(...png.subarray(1, 4))).toBe('PNG');
      expect(view.getUint32(16)).toBe(pixelRatio * chartWidthPx);
      expect(view.getUint32(20)).toBe(pixelRatio * chartHeightPx(board));
    }
  });

  it('draws the values: other values give another picture, the same values the same one', () => {
    const [first] = charts;
    const again = drawCharts(board)[0];
    const moved = { ...board, rows: [...board.rows].reverse() };
    expect(first?.png.length).toBeGreaterThan(20_000);
    expect(Buffer.compare(first?.png as Uint8Array, again?.png as Uint8Array)).toBe(0);
    expect(Buffer.compare(first?.png as Uint8Array, drawCharts(moved)[0]?.png as Uint8Array)).not.toBe(0);
  });
});
