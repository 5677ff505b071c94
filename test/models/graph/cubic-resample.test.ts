import { describe, expect, it } from 'vitest';
import { cubicResample, cubicTaps } from '../../../src/models/graph/cubic-resample.js';
import { createGraphBuilder } from '../../../src/models/graph/graph-builder.js';
import { runGraph } from '../../helpers/run-graph.js';

async function resampled(rows: readonly number[], to: number): Promise<number[]> {
  const graph = createGraphBuilder('resample');
  const x = graph.input('x', 'float32', ['batch', rows.length, 1]);
  graph.output('y', cubicResample(graph, x, { from: rows.length, to }), { shape: ['batch', to, 1] });
  const { y } = await runGraph(graph.build(), { x: { data: Float32Array.from(rows), dims: [1, rows.length, 1] } });
  return [...y!.data];
}

// Cells of PyTorch's own interpolation are compared in test/verify/encoders.test.ts (clap_tiny, image).
describe('cubicResample', () => {
  it('keeps the first and the last row', async () => {
    const rows = Array.from({ length: 11 }, (_, row) => Math.sin(row * row));
    const own = await resampled(rows, 17);
    expect(own[0]).toBeCloseTo(rows[0]!, 6);
    expect(own[16]).toBeCloseTo(rows[10]!, 6);
  });

  it('keeps a straight line but near its ends, where rows are repeated', async () => {
    const own = await resampled([0, 1, 2, 3, 4, 5, 6, 7, 8], 17);
    for (let row = 2; row < 15; row++) expect(own[row]).toBeCloseTo(row / 2, 5);
  });

  it('has weights that add up to 1', () => {
    for (const { weights } of cubicTaps({ from: 1001, to: 1024 }))
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  });
});
