import { describe, expect, it } from 'vitest';
import { checkedInKernelModule, kernelModule } from '../../scripts/kernels.js';
import { kernelMemory } from '../../src/linalg/kernels.js';
import { normalStream } from '../helpers/metric-recipe.js';

const kinds = ['wasm', 'plain'] as const;

it('checks in what kernels.wat gives', async () => {
  expect(checkedInKernelModule()).toBe(await kernelModule());
});

it('uses WebAssembly here', () => {
  expect(kernelMemory(8).kind).toBe('wasm');
});

describe.each(kinds)('%s kernels', (kind) => {
  it('multiply tiles of four by four onto what is there', () => {
    const memory = kernelMemory(8 * 4096, kind);
    const cells = new Float64Array(memory.buffer);
    fill(cells);
    const before = cells.slice();
    memory.kernels.multiply({ ...steps, lanes: 0, rows: 400, out: 1000, outStep: 50 });
    for (const [lane, row] of pairs(8, 12)) {
      let sum = before[1000 + (lane >> 2) * 50 + 4 * row + (lane & 3)]!;
      for (let k = 0; k < depth; k++) {
        sum += before[400 + (row >> 2) * 60 + 4 * k + (row & 3)]! * before[(lane >> 2) * 80 + 4 * k + (lane & 3)]!;
      }
      expect(cells[1000 + (lane >> 2) * 50 + 4 * row + (lane & 3)]).toBe(sum);
    }
    expect(cells.subarray(0, 1000)).toEqual(before.subarray(0, 1000));
    expect(cells.subarray(1098)).toEqual(before.subarray(1098));
  });

  it('multiply tiles of eight by four in float32', () => {
    const memory = kernelMemory(8 * 4096, kind);
    const cells = new Float32Array(memory.buffer);
    fill(cells);
    const before = cells.slice();
    memory.kernels.multiplySingle({ ...steps, lanes: 0, laneStep: 160, rows: 400, out: 1000, outStep: 100 });
    for (const [lane, row] of pairs(16, 12)) {
      let sum = before[1000 + (lane >> 3) * 100 + 8 * row + (lane & 7)]!;
      for (let k = 0; k < depth; k++) {
        const product =
          before[400 + (row >> 2) * 60 + 4 * k + (row & 3)]! * before[(lane >> 3) * 160 + 8 * k + (lane & 7)]!;
        sum = Math.fround(sum + Math.fround(product));
      }
      expect(cells[1000 + (lane >> 3) * 100 + 8 * row + (lane & 7)]).toBe(sum);
    }
    expect(cells.subarray(1196)).toEqual(before.subarray(1196));
  });

  it('do nothing without strips or columns', () => {
    const memory = kernelMemory(8 * 4096, kind);
    const cells = new Float64Array(memory.buffer);
    fill(cells);
    const before = cells.slice();
    for (const none of [{ laneStrips: 0 }, { rowStrips: 0 }, { depth: 0 }]) {
      memory.kernels.multiply({ ...steps, lanes: 0, rows: 400, out: 1000, outStep: 50, ...none });
    }
    expect(cells).toEqual(before);
  });
});

const depth = 13;
const steps = { laneStep: 80, laneStrips: 2, rowStep: 60, rowStrips: 3, depth };

function fill(cells: Float32Array | Float64Array): void {
  const normal = normalStream(7);
  for (let i = 0; i < cells.length; i++) cells[i] = normal();
}

function pairs(lanes: number, rows: number): (readonly [number, number])[] {
  return Array.from({ length: lanes * rows }, (_, index) => [Math.floor(index / rows), index % rows] as const);
}
